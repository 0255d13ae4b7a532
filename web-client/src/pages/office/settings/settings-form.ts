import { WHEN_NOT_WATCHED } from '@visavis/contract/coverage'
import { NUMBER_SETTINGS, numberOf, settingFaults } from '@visavis/contract/facility-settings'
import type {
  NumberSetting,
  NumberSettingName,
  SettingFault,
} from '@visavis/contract/facility-settings'
import { MONITOR_MODES } from '@visavis/contract/media-policy'
import {
  PERIODS,
  PRIVILEGED_MONITORS,
  SCOPES,
  WHEN_NOT_RECORDED,
  placeOf,
} from './setting-sections.ts'
import type { FacilitySettings, Law, SettingField } from './setting-sections.ts'

export const YES = 'yes'
export const NO = 'no'

/** A fault with its field; besides those of the contract, what is no number at all. */
export type FormFault =
  SettingFault | { readonly field: string; readonly kind: 'NOT_A_NUMBER'; readonly bound: null }

/** What a setting's input shows: a number in its unit, `yes` or `no`, or the value chosen. */
export function inputOf(settings: FacilitySettings, field: SettingField): string {
  if (field.kind === 'number') {
    const stored = numberOf(settings, field.field)
    return stored === null ? '' : String(inUnit(field.field, stored))
  }
  const value = valueAt(settings, field.field.split('.'))
  if (field.kind === 'switch') return value === true ? YES : NO
  return typeof value === 'string' ? value : ''
}

/** A stored number in the unit in which people are asked for it. */
export function inUnit(name: NumberSettingName, stored: number): number {
  return stored / NUMBER_SETTINGS[name].size
}

function valueAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value
  if (typeof value !== 'object' || value === null) return undefined
  const inner = new Map<string, unknown>(Object.entries(value))
  return valueAt(inner.get(key), rest)
}

type Typed = (field: string) => string | undefined

/** The settings as typed; fields that the form has not stay as they were. Pure. */
export function settingsOf(typed: Typed, before: FacilitySettings): FacilitySettings {
  const number = (name: NumberSettingName, stored: number): number =>
    readNumber(name, typed(name)) ?? stored
  return {
    ...choicesOf(typed, before),
    ...numbersOf(number, before),
    quota: {
      visits: noneOr('quota.visits', typed('quota.visits'), before.quota.visits),
      period: pick(PERIODS, typed('quota.period'), before.quota.period),
    },
    registerMaxAgeMs: noneOr(
      'registerMaxAgeMs',
      typed('registerMaxAgeMs'),
      before.registerMaxAgeMs,
    ),
  }
}

function numbersOf(
  number: (name: NumberSettingName, stored: number) => number,
  before: FacilitySettings,
) {
  return {
    visitMinutes: number('visitMinutes', before.visitMinutes),
    noticeMs: number('noticeMs', before.noticeMs),
    horizonMs: number('horizonMs', before.horizonMs),
    holdMs: number('holdMs', before.holdMs),
    offerMs: number('offerMs', before.offerMs),
    freeCancelMs: number('freeCancelMs', before.freeCancelMs),
    ringMs: number('ringMs', before.ringMs),
    maxSavedVisits: number('maxSavedVisits', before.maxSavedVisits),
    maxVisitors: number('maxVisitors', before.maxVisitors),
    adultAge: number('adultAge', before.adultAge),
    approvalMs: number('approvalMs', before.approvalMs),
    terminalTurnaroundMs: number('terminalTurnaroundMs', before.terminalTurnaroundMs),
    escortTurnaroundMs: number('escortTurnaroundMs', before.escortTurnaroundMs),
    noShowMs: number('noShowMs', before.noShowMs),
    pauseAskMs: number('pauseAskMs', before.pauseAskMs),
    playsPerHour: number('playsPerHour', before.playsPerHour),
  }
}

function choicesOf(typed: Typed, before: FacilitySettings) {
  const { media, coverage, detectors } = before
  const flag = (field: string, was: boolean): boolean =>
    typed(field) === undefined ? was : typed(field) === YES
  const wish = (of: 'social' | 'official') => ({
    monitor: pick(MONITOR_MODES, typed(placeOf('media', of, 'monitor')), media[of].monitor),
    isRecorded: flag(placeOf('media', of, 'isRecorded'), media[of].isRecorded),
  })
  const watch = (of: 'social' | 'official') => {
    const { mustBeWatched, whenNotWatched } = coverage[of]
    return {
      mustBeWatched: flag(placeOf('coverage', of, 'mustBeWatched'), mustBeWatched),
      whenNotWatched: pick(
        WHEN_NOT_WATCHED,
        typed(placeOf('coverage', of, 'whenNotWatched')),
        whenNotWatched,
      ),
    }
  }
  const privileged = pick(
    PRIVILEGED_MONITORS,
    typed('media.privileged.monitor'),
    media.privileged.monitor,
  )
  return {
    media: {
      social: wish('social'),
      official: wish('official'),
      privileged: { monitor: privileged, isRecorded: false as const },
    },
    coverage: { social: watch('social'), official: watch('official') },
    detectors: {
      face: flag('detectors.face', detectors.face),
      dark: flag('detectors.dark', detectors.dark),
      silent: flag('detectors.silent', detectors.silent),
    },
    isOnDemandAllowed: flag('isOnDemandAllowed', before.isOnDemandAllowed),
    canHostAdmit: flag('canHostAdmit', before.canHostAdmit),
    usesEscorts: flag('usesEscorts', before.usesEscorts),
    movesFromBrokenTerminals: flag('movesFromBrokenTerminals', before.movesFromBrokenTerminals),
    terminalScope: pick(SCOPES, typed('terminalScope'), before.terminalScope),
    whenNotRecorded: pick(WHEN_NOT_RECORDED, typed('whenNotRecorded'), before.whenNotRecorded),
  }
}

function pick<const Value extends string>(
  values: readonly Value[],
  text: string | undefined,
  was: Value,
): Value {
  return values.find((value) => value === text) ?? was
}

function noneOr(
  name: NumberSettingName,
  text: string | undefined,
  was: number | null,
): number | null {
  if (text === undefined) return was
  return text.trim() === '' ? null : (readNumber(name, text) ?? was)
}

/** What is stored of a typed number; undefined: it is none. A comma is taken for a point. */
function readNumber(name: NumberSettingName, text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text.replace(',', '.'))
  const { size }: NumberSetting = NUMBER_SETTINGS[name]
  // A count has no halves.
  if (!Number.isFinite(value) || (size === 1 && !Number.isInteger(value))) return undefined
  return Math.round(value * size)
}

/** Everything wrong with what was typed into the fields of one form. */
export function faultsOf(
  typed: Typed,
  fields: readonly SettingField[],
  { settings, law }: { readonly settings: FacilitySettings; readonly law: Law },
): readonly FormFault[] {
  const notNumbers = fields.flatMap(({ kind, field }): FormFault[] => {
    if (kind !== 'number') return []
    const { mayBeNone }: NumberSetting = NUMBER_SETTINGS[field]
    const text = typed(field) ?? ''
    if (mayBeNone && text.trim() === '') return []
    const isNumber = readNumber(field, text) !== undefined
    return isNumber ? [] : [{ field, kind: 'NOT_A_NUMBER', bound: null }]
  })
  if (notNumbers.length > 0) return notNumbers
  return settingFaults(settingsOf(typed, settings), { before: settings, limits: law })
}
