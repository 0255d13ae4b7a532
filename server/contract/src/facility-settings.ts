import type { WhenNotWatched } from './coverage.ts'
import type { LimitCode, Limits } from './limits.ts'
import type { FacilityMediaPolicy } from './media-policy.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What the number of a setting counts, as people are asked for it. */
export const SETTING_UNITS = ['SECONDS', 'MINUTES', 'HOURS', 'DAYS', 'YEARS', 'COUNT'] as const
export type SettingUnit = (typeof SETTING_UNITS)[number]

/** How a number is asked for: its unit, how much of what is stored one of it is, and its bounds, in it. */
export type NumberSetting = {
  readonly unit: SettingUnit
  readonly size: number
  readonly least: number
  readonly most: number
  /** Whether it may be left empty. */
  readonly mayBeNone?: true
}

const minutes = { unit: 'MINUTES', size: MINUTE_MS } as const
const hours = { unit: 'HOURS', size: HOUR_MS } as const
const days = { unit: 'DAYS', size: DAY_MS } as const
const count = { unit: 'COUNT', size: 1 } as const

/**
 * Every setting of a facility that is a number, by its place among the settings. Turnarounds and lengths end
 * where the database's own limits do; the other bounds keep slips of the hand away from people.
 */
export const NUMBER_SETTINGS = {
  visitMinutes: { unit: 'MINUTES', size: 1, least: 5, most: 240 },
  noticeMs: { ...hours, least: 0, most: 2_160 },
  horizonMs: { ...days, least: 1, most: 365 },
  holdMs: { ...minutes, least: 1, most: 60 },
  offerMs: { ...minutes, least: 1, most: 1_440 },
  freeCancelMs: { ...hours, least: 0, most: 336 },
  ringMs: { unit: 'SECONDS', size: SECOND_MS, least: 15, most: 300 },
  'quota.visits': { ...count, least: 0, most: 1_000, mayBeNone: true },
  maxSavedVisits: { ...count, least: 0, most: 1_000 },
  maxVisitors: { ...count, least: 1, most: 20 },
  adultAge: { unit: 'YEARS', size: 1, least: 14, most: 25 },
  approvalMs: { ...hours, least: 1, most: 720 },
  registerMaxAgeMs: { ...hours, least: 1, most: 720, mayBeNone: true },
  terminalTurnaroundMs: { ...minutes, least: 0, most: 120 },
  escortTurnaroundMs: { ...minutes, least: 0, most: 120 },
  noShowMs: { ...minutes, least: 1, most: 60 },
  pauseAskMs: { ...minutes, least: 1, most: 60 },
  playsPerHour: { ...count, least: 1, most: 1_000 },
} as const satisfies Record<string, NumberSetting>

export type NumberSettingName = keyof typeof NUMBER_SETTINGS
export const NUMBER_SETTING_NAMES = Object.keys(NUMBER_SETTINGS) as NumberSettingName[]

type WatchedClass = { readonly mustBeWatched: boolean; readonly whenNotWatched: WhenNotWatched }

/** What a facility decides for itself, but for how long recordings are kept; durations in milliseconds. */
export type Settings = {
  readonly media: FacilityMediaPolicy
  readonly quota: {
    readonly visits: number | null
    readonly period: 'MONTH' | 'FOUR_WEEKS' | 'YEAR'
  }
  readonly coverage: { readonly social: WatchedClass; readonly official: WatchedClass }
  readonly registerMaxAgeMs: number | null
} & { readonly [Name in Exclude<NumberSettingName, 'quota.visits' | 'registerMaxAgeMs'>]: number }

/** The limits of the law that settings meet; what it is silent on is absent. */
export const SETTING_LIMITS = [
  'maxVisitMinutes',
  'maxPeople',
  'leadVisitorAge',
  'visitsPerMonth',
  'visitsPerYear',
  'guaranteedVisitsPerFourWeeks',
  'guaranteedVisitsPerYear',
  'isRecordingAllowed',
  'minMonitor',
  'maxPrivilegedMonitor',
] as const satisfies readonly LimitCode[]
export type SettingLimits = {
  readonly [Code in (typeof SETTING_LIMITS)[number]]?: Limits[Code] | undefined
}

/** Why a setting cannot be so. `bound` is in the setting's own unit. */
export type SettingFault = {
  /** Its place among the settings, as `media.social.monitor`. */
  readonly field: string
  readonly kind:
    | 'LEAST'
    | 'MOST'
    | 'LAW_LEAST'
    | 'LAW_MOST'
    | 'LAW_MONITOR'
    | 'LAW_RECORDING'
    | 'NEEDS_SOUND'
    | 'NOTICE_BEYOND_HORIZON'
  readonly bound: number | null
}

/** The stored number of a setting; null: it is empty. */
export function numberOf(settings: Settings, name: NumberSettingName): number | null {
  return name === 'quota.visits' ? settings.quota.visits : settings[name]
}

/**
 * What is wrong with settings, by the bounds of each and by the law (EL, BK, OV-1, RC-3). What is as it was
 * before is not judged again: a law that has changed since stops nobody from changing something else.
 */
export function settingFaults(
  wished: Settings,
  { before, limits }: { readonly before: Settings; readonly limits: SettingLimits },
): readonly SettingFault[] {
  const changed = NUMBER_SETTING_NAMES.filter(
    (name) => numberOf(wished, name) !== numberOf(before, name),
  )
  return [
    ...changed.flatMap((name) => boundFaults(name, numberOf(wished, name))),
    ...lawFaults(wished, before, limits),
    ...mediaFaults(wished, before, limits),
    ...(changed.some((name) => name === 'noticeMs' || name === 'horizonMs') &&
    wished.noticeMs >= wished.horizonMs
      ? [{ field: 'noticeMs', kind: 'NOTICE_BEYOND_HORIZON', bound: null } as const]
      : []),
  ]
}

function boundFaults(name: NumberSettingName, stored: number | null): readonly SettingFault[] {
  const { size, least, most, mayBeNone }: NumberSetting = NUMBER_SETTINGS[name]
  if (stored === null) return mayBeNone ? [] : [{ field: name, kind: 'LEAST', bound: least }]
  if (stored < least * size) return [{ field: name, kind: 'LEAST', bound: least }]
  return stored > most * size ? [{ field: name, kind: 'MOST', bound: most }] : []
}

/** What the law says of a number, in the setting's own unit. */
export type LawBound = { readonly least?: number; readonly most?: number }

/** How far the law lets a number go; what it is silent on is absent. `period`: of the visits granted. */
export function lawBoundOf(
  name: NumberSettingName,
  limits: SettingLimits,
  period: Settings['quota']['period'],
): LawBound {
  const { maxVisitMinutes, maxPeople, leadVisitorAge } = limits
  if (name === 'visitMinutes' && maxVisitMinutes !== undefined) return { most: maxVisitMinutes }
  if (name === 'maxVisitors' && maxPeople !== undefined) return { most: maxPeople }
  if (name === 'adultAge' && leadVisitorAge !== undefined) return { least: leadVisitorAge }
  return name === 'quota.visits' ? quotaBound(limits, period) : {}
}

/** Periods that a year has. */
const A_YEAR = { MONTH: 12, FOUR_WEEKS: 13, YEAR: 1 } as const

function quotaBound(limits: SettingLimits, period: Settings['quota']['period']): LawBound {
  const guaranteed = Math.max(
    limits.guaranteedVisitsPerYear ?? 0,
    (limits.guaranteedVisitsPerFourWeeks ?? 0) * A_YEAR.FOUR_WEEKS,
  )
  const allowed = period === 'YEAR' ? limits.visitsPerYear : limits.visitsPerMonth
  const most = period === 'FOUR_WEEKS' ? undefined : allowed
  // What is guaranteed counts visits in person too: by video nobody need have more than the law allows.
  const least = Math.min(Math.ceil(guaranteed / A_YEAR[period]), most ?? Infinity)
  return { ...(least > 0 ? { least } : {}), ...(most === undefined ? {} : { most }) }
}

function lawFaults(
  wished: Settings,
  before: Settings,
  limits: SettingLimits,
): readonly SettingFault[] {
  return NUMBER_SETTING_NAMES.flatMap((field): readonly SettingFault[] => {
    const stored = numberOf(wished, field)
    const isOfPeriod = field === 'quota.visits' && wished.quota.period !== before.quota.period
    if (stored === null || (stored === numberOf(before, field) && !isOfPeriod)) return []
    const { least, most } = lawBoundOf(field, limits, wished.quota.period)
    const { size } = NUMBER_SETTINGS[field]
    if (least !== undefined && stored < least * size)
      return [{ field, kind: 'LAW_LEAST', bound: least }]
    return most !== undefined && stored > most * size
      ? [{ field, kind: 'LAW_MOST', bound: most }]
      : []
  })
}

const SEEN = { NONE: 0, SIGHT_ONLY: 1, AV: 2 } as const

function mediaFaults(
  { media }: Settings,
  { media: before }: Settings,
  { minMonitor, maxPrivilegedMonitor, isRecordingAllowed }: SettingLimits,
): readonly SettingFault[] {
  const fault = (field: string, kind: SettingFault['kind']) => [{ field, kind, bound: null }]
  const { social, privileged } = media
  return [
    ...(social.monitor !== before.social.monitor &&
    SEEN[social.monitor] < SEEN[minMonitor ?? 'NONE']
      ? fault('media.social.monitor', 'LAW_MONITOR')
      : []),
    ...(privileged.monitor !== before.privileged.monitor &&
    SEEN[privileged.monitor] > SEEN[maxPrivilegedMonitor ?? 'AV']
      ? fault('media.privileged.monitor', 'LAW_MONITOR')
      : []),
    ...(social.isRecorded && !before.social.isRecorded && isRecordingAllowed === false
      ? fault('media.social.isRecorded', 'LAW_RECORDING')
      : []),
    ...(['social', 'official'] as const).flatMap((of) =>
      media[of].isRecorded && media[of].monitor !== 'AV' && isOther(media[of], before[of])
        ? fault(`media.${of}.isRecorded`, 'NEEDS_SOUND')
        : [],
    ),
  ]
}

type Wish = FacilityMediaPolicy['social']

function isOther(a: Wish, b: Wish): boolean {
  return a.monitor !== b.monitor || a.isRecorded !== b.isRecorded
}
