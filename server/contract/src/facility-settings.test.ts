import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NUMBER_SETTINGS, NUMBER_SETTING_NAMES, settingFaults } from './facility-settings.ts'
import type { NumberSetting, NumberSettingName, Settings } from './facility-settings.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const NOT_WATCHED = { mustBeWatched: false, whenNotWatched: 'FLAG' } as const

const BEFORE: Settings = {
  media: {
    social: { monitor: 'AV', isRecorded: true },
    official: { monitor: 'SIGHT_ONLY', isRecorded: false },
    privileged: { monitor: 'NONE', isRecorded: false },
  },
  coverage: { social: NOT_WATCHED, official: NOT_WATCHED },
  quota: { visits: 4, period: 'MONTH' },
  registerMaxAgeMs: null,
  visitMinutes: 30,
  noticeMs: 2 * DAY_MS,
  horizonMs: 28 * DAY_MS,
  holdMs: 10 * MINUTE_MS,
  offerMs: 15 * MINUTE_MS,
  freeCancelMs: DAY_MS,
  ringMs: 45_000,
  maxSavedVisits: 26,
  maxVisitors: 4,
  adultAge: 18,
  approvalMs: 3 * DAY_MS,
  terminalTurnaroundMs: 5 * MINUTE_MS,
  escortTurnaroundMs: 30 * MINUTE_MS,
  noShowMs: 10 * MINUTE_MS,
  pauseAskMs: 5 * MINUTE_MS,
  playsPerHour: 30,
}

function withNumber(name: NumberSettingName, value: number | null): Settings {
  if (name === 'quota.visits') return { ...BEFORE, quota: { ...BEFORE.quota, visits: value } }
  return { ...BEFORE, [name]: value }
}

const faultsOf = (wished: Settings, limits = {}) =>
  settingFaults(wished, { before: BEFORE, limits })

describe('settingFaults', () => {
  it('finds nothing wrong with what a facility starts with', () => {
    expect(faultsOf(BEFORE)).toEqual([])
  })

  it('[OV-5] [OV-7] [RC-5] takes every number within its bounds and refuses every other, with the bound', () => {
    const anyName = fc.constantFrom(...NUMBER_SETTING_NAMES)
    fc.assert(
      fc.property(anyName, fc.integer({ min: -10, max: 5_000 }), (name, value) => {
        const { size, least, most }: NumberSetting = NUMBER_SETTINGS[name]
        const found = faultsOf(withNumber(name, value * size)).filter(
          ({ kind }) => kind === 'LEAST' || kind === 'MOST',
        )
        if (value < least) expect(found).toEqual([{ field: name, kind: 'LEAST', bound: least }])
        else if (value > most) expect(found).toEqual([{ field: name, kind: 'MOST', bound: most }])
        else expect(found).toEqual([])
      }),
    )
  })

  it('leaves empty only what may be', () => {
    const refused = NUMBER_SETTING_NAMES.filter(
      (name) => faultsOf(withNumber(name, null)).length > 0,
    )
    expect(NUMBER_SETTING_NAMES.filter((name) => !refused.includes(name))).toEqual([
      'quota.visits',
      'registerMaxAgeMs',
    ])
  })

  it.each([
    { name: 'visitMinutes', value: 61, limits: { maxVisitMinutes: 60 }, told: 'LAW_MOST 60' },
    { name: 'maxVisitors', value: 7, limits: { maxPeople: 6 }, told: 'LAW_MOST 6' },
    { name: 'adultAge', value: 17, limits: { leadVisitorAge: 18 }, told: 'LAW_LEAST 18' },
    // Two in four weeks are 26 a year: two in a month would be 24.
    {
      name: 'quota.visits',
      value: 2,
      limits: { guaranteedVisitsPerFourWeeks: 2 },
      told: 'LAW_LEAST 3',
    },
    {
      name: 'quota.visits',
      value: 1,
      limits: { guaranteedVisitsPerFourWeeks: 2, visitsPerMonth: 2 },
      told: 'LAW_LEAST 2',
    },
    { name: 'quota.visits', value: 5, limits: { visitsPerMonth: 3 }, told: 'LAW_MOST 3' },
  ] as const)(
    '[EL-6] [BK-9] $name: $value is refused by the law',
    ({ name, value, limits, told }) => {
      const found = faultsOf(withNumber(name, value), limits)
      expect(found.map(({ field, kind, bound }) => `${field} ${kind} ${bound}`)).toEqual([
        `${name} ${told}`,
      ])
      // What was so before the law was, stops nobody from changing something else.
      const old = withNumber(name, value)
      const other = { ...old, playsPerHour: 31 }
      expect(settingFaults(other, { before: old, limits })).toEqual([])
    },
  )

  it('[OV-1] [RC-1] keeps to what the law says of watching and recording', () => {
    const media = (change: Partial<Settings['media']>) => ({
      ...BEFORE,
      media: { ...BEFORE.media, ...change },
    })
    const unseen = media({ social: { monitor: 'NONE', isRecorded: false } })
    expect(faultsOf(unseen, { minMonitor: 'SIGHT_ONLY' })).toMatchObject([
      { field: 'media.social.monitor', kind: 'LAW_MONITOR' },
    ])
    const seen = media({ privileged: { monitor: 'SIGHT_ONLY', isRecorded: false } })
    expect(faultsOf(seen, { maxPrivilegedMonitor: 'SIGHT_ONLY' })).toEqual([])
    expect(faultsOf(seen, { maxPrivilegedMonitor: 'NONE' })).toMatchObject([
      { field: 'media.privileged.monitor', kind: 'LAW_MONITOR' },
    ])
    const deaf = media({ official: { monitor: 'SIGHT_ONLY', isRecorded: true } })
    expect(faultsOf(deaf)).toMatchObject([
      { field: 'media.official.isRecorded', kind: 'NEEDS_SOUND' },
    ])
    const before = media({ social: { monitor: 'AV', isRecorded: false } })
    expect(settingFaults(BEFORE, { before, limits: { isRecordingAllowed: false } })).toMatchObject([
      { field: 'media.social.isRecorded', kind: 'LAW_RECORDING' },
    ])
  })

  it('[BK-8] leaves something that can be booked', () => {
    expect(faultsOf({ ...BEFORE, noticeMs: 28 * DAY_MS })).toMatchObject([
      { field: 'noticeMs', kind: 'NOTICE_BEYOND_HORIZON' },
    ])
  })
})
