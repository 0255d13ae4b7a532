import { FacilitySettings } from '@visavis/contract/http'
import type { FacilitySettingsView } from '@visavis/contract/http'
import { NUMBER_SETTINGS, SETTING_LIMITS } from '@visavis/contract/facility-settings'
import type { NumberSetting, SettingFault } from '@visavis/contract/facility-settings'
import type { Limits } from '@visavis/contract/limits'
import type { FacilityPolicy } from '@visavis/prisma'

/** The part of a facility's policy that its administrator sets here; what is kept how long is set with what is kept. */
export function settingsOf(policy: FacilityPolicy): FacilitySettings {
  const { social, official, privileged } = policy.media
  const monitor = privileged.monitor === 'SIGHT_ONLY' ? 'SIGHT_ONLY' : 'NONE'
  const media = { social, official, privileged: { monitor, isRecorded: false } }
  return ITS_PART.parse({ ...policy, media })
}

/** Takes its own keys out of a policy. */
const ITS_PART = FacilitySettings.strip()

/** What of the law is told beside the settings. */
export function lawOf(limits: Limits): FacilitySettingsView['law'] {
  return Object.fromEntries(SETTING_LIMITS.map((code) => [code, limits[code]]))
}

/** A setting that was changed, by its place among them (`media.social.monitor`). */
export type Changed = { readonly field: string; readonly from: Plain; readonly to: Plain }
type Plain = string | number | boolean | null

/** Which settings differ, in the order they stand in. Pure. */
export function changedSettings(
  before: FacilitySettings,
  after: FacilitySettings,
): readonly Changed[] {
  const old = new Map(flat(before, ''))
  return flat(after, '').flatMap(([field, to]) => {
    const from = old.get(field) ?? null
    return from === to ? [] : [{ field, from, to }]
  })
}

function flat(value: unknown, path: string): readonly (readonly [string, Plain])[] {
  if (typeof value !== 'object' || value === null) return [[path, plain(value)]]
  return Object.entries(value).flatMap(([key, inner]) =>
    flat(inner, path === '' ? key : `${path}.${key}`),
  )
}

function plain(value: unknown): Plain {
  const isPlain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return isPlain ? value : null
}

/** Whether what stands in the way is the law, and not a bound of ours. */
export function isOfLaw({ kind }: SettingFault): boolean {
  return kind.startsWith('LAW_')
}

/** How a fault is mended, for whoever called the API; pages have words of their own. */
export function cureOf({ field, kind, bound }: SettingFault): string {
  const number: NumberSetting | undefined = Object.entries(NUMBER_SETTINGS).find(
    ([name]) => name === field,
  )?.[1]
  const unit =
    number === undefined || number.unit === 'COUNT' ? '' : ` ${number.unit.toLowerCase()}`
  const amount = `${bound}${unit}`
  const cures: Readonly<Record<SettingFault['kind'], string>> = {
    LEAST: `At least ${amount}.`,
    MOST: `At most ${amount}.`,
    LAW_LEAST: `By law at least ${amount}.`,
    LAW_MOST: `By law at most ${amount}.`,
    LAW_MONITOR: 'The law does not allow this.',
    LAW_RECORDING: 'By law these visits may not be recorded.',
    NEEDS_SOUND: 'Only what may be seen and heard can be recorded.',
    NOTICE_BEYOND_HORIZON:
      'Nothing could be booked: the shortest notice is as long as the time that can be booked ahead.',
  }
  return cures[kind]
}
