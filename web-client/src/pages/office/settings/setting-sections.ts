import { WHEN_NOT_WATCHED } from '@visavis/contract/coverage'
import type { NumberSettingName } from '@visavis/contract/facility-settings'
import { MONITOR_MODES } from '@visavis/contract/media-policy'
import type { Reply } from '../../../api/api.ts'

export type SettingsView = Reply<'facilitySettings'>
export type FacilitySettings = SettingsView['settings']
export type Law = SettingsView['law']

export const PERIODS = ['MONTH', 'FOUR_WEEKS', 'YEAR'] as const
export const SCOPES = ['WING', 'FACILITY'] as const
export const WHEN_NOT_RECORDED = ['WAIT', 'GO_ON'] as const
/** A lawyer’s visit is heard by nobody. */
export const PRIVILEGED_MONITORS = ['SIGHT_ONLY', 'NONE'] as const

/** The values of a choice, with the group of words that names them. */
type Choice = { readonly words: string; readonly values: readonly string[] }
const MONITOR: Choice = { words: 'monitor', values: MONITOR_MODES }
const NOT_WATCHED: Choice = { words: 'whenNotWatched', values: WHEN_NOT_WATCHED }

/** One setting as it is asked for; `field` is its place among the settings. */
export type SettingField =
  | { readonly kind: 'number'; readonly field: NumberSettingName }
  | { readonly kind: 'switch'; readonly field: string }
  | ({ readonly kind: 'choice'; readonly field: string } & Choice)

/** A setting's place among the settings. */
export function placeOf(...keys: readonly string[]): string {
  return keys.join('.')
}

const number = (field: NumberSettingName): SettingField => ({ kind: 'number', field })
const toggle = (field: string): SettingField => ({ kind: 'switch', field })
const choice = (field: string, of: Choice): SettingField => ({ kind: 'choice', field, ...of })
const coverageOf = (of: 'social' | 'official'): readonly SettingField[] => [
  toggle(placeOf('coverage', of, 'mustBeWatched')),
  choice(placeOf('coverage', of, 'whenNotWatched'), NOT_WATCHED),
]

/** The settings in the order in which a facility thinks of them. */
export const SETTING_SECTIONS: readonly {
  readonly name: string
  readonly fields: readonly SettingField[]
}[] = [
  {
    name: 'booking',
    fields: [
      number('visitMinutes'),
      number('noticeMs'),
      number('horizonMs'),
      number('holdMs'),
      number('freeCancelMs'),
      number('offerMs'),
      toggle('isOnDemandAllowed'),
      number('ringMs'),
    ],
  },
  {
    name: 'people',
    fields: [
      number('quota.visits'),
      choice('quota.period', { words: 'period', values: PERIODS }),
      number('maxSavedVisits'),
      number('maxVisitors'),
      number('adultAge'),
      toggle('canHostAdmit'),
      number('approvalMs'),
      number('registerMaxAgeMs'),
    ],
  },
  {
    name: 'terminals',
    fields: [
      number('terminalTurnaroundMs'),
      toggle('usesEscorts'),
      number('escortTurnaroundMs'),
      choice('terminalScope', { words: 'scope', values: SCOPES }),
      toggle('movesFromBrokenTerminals'),
    ],
  },
  {
    name: 'watching',
    fields: [
      choice('media.social.monitor', MONITOR),
      choice('media.official.monitor', MONITOR),
      choice('media.privileged.monitor', { words: 'monitor', values: PRIVILEGED_MONITORS }),
      ...coverageOf('social'),
      ...coverageOf('official'),
      number('noShowMs'),
      number('pauseAskMs'),
    ],
  },
  {
    name: 'detectors',
    fields: [toggle('detectors.face'), toggle('detectors.dark'), toggle('detectors.silent')],
  },
  {
    name: 'recordings',
    fields: [
      toggle('media.social.isRecorded'),
      toggle('media.official.isRecorded'),
      choice('whenNotRecorded', { words: 'whenNotRecorded', values: WHEN_NOT_RECORDED }),
      number('playsPerHour'),
    ],
  },
]
export type SettingSection = (typeof SETTING_SECTIONS)[number]
