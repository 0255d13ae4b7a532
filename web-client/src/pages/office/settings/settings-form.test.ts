import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsOf, inputOf, settingsOf } from './settings-form.ts'
import { SETTING_SECTIONS } from './setting-sections.ts'
import type { FacilitySettings, SettingField } from './setting-sections.ts'

const MINUTE_MS = 60_000
const FIELDS = SETTING_SECTIONS.flatMap(({ fields }) => fields)
const monitor = fc.constantFrom('AV', 'SIGHT_ONLY', 'NONE')
const wish = fc.record({ monitor, isRecorded: fc.boolean() })
const watch = fc.record({
  mustBeWatched: fc.boolean(),
  whenNotWatched: fc.constantFrom('PAUSE', 'FLAG', 'HAND_OVER'),
})
const minutes = fc.nat(120).map((count) => count * MINUTE_MS)
const whole = fc.nat(1_000)

const anySettings: fc.Arbitrary<FacilitySettings> = fc.record({
  media: fc.record({
    social: wish,
    official: wish,
    privileged: fc.record({
      monitor: fc.constantFrom('SIGHT_ONLY', 'NONE'),
      isRecorded: fc.constant(false as const),
    }),
  }),
  coverage: fc.record({ social: watch, official: watch }),
  detectors: fc.record({ face: fc.boolean(), dark: fc.boolean(), silent: fc.boolean() }),
  quota: fc.record({
    visits: fc.option(whole),
    period: fc.constantFrom('MONTH', 'FOUR_WEEKS', 'YEAR'),
  }),
  registerMaxAgeMs: fc.option(minutes),
  visitMinutes: whole,
  ...{ noticeMs: minutes, horizonMs: minutes, holdMs: minutes, offerMs: minutes },
  ...{ freeCancelMs: minutes, ringMs: minutes, approvalMs: minutes, noShowMs: minutes },
  ...{ terminalTurnaroundMs: minutes, escortTurnaroundMs: minutes, pauseAskMs: minutes },
  ...{ maxSavedVisits: whole, maxVisitors: whole, adultAge: whole, playsPerHour: whole },
  ...{ isOnDemandAllowed: fc.boolean(), canHostAdmit: fc.boolean(), usesEscorts: fc.boolean() },
  movesFromBrokenTerminals: fc.boolean(),
  terminalScope: fc.constantFrom('WING', 'FACILITY'),
  whenNotRecorded: fc.constantFrom('WAIT', 'GO_ON'),
})

const shownIn = (settings: FacilitySettings, fields: readonly SettingField[]) => {
  const inputs = new Map(fields.map((field) => [field.field, inputOf(settings, field)]))
  return (field: string): string | undefined => inputs.get(field)
}

describe('the form of settings', () => {
  it('asks for every setting once, and reads back what it shows', () => {
    expect(new Set(FIELDS.map(({ field }) => field)).size).toBe(FIELDS.length)
    fc.assert(
      fc.property(anySettings, anySettings, (settings, other) => {
        expect(settingsOf(shownIn(settings, FIELDS), other)).toEqual(settings)
      }),
    )
  })

  it('leaves what a section does not ask for as it was', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        expect(settingsOf(() => undefined, settings)).toEqual(settings)
      }),
    )
  })

  it('finds what is no number, and takes a comma for a point', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const fields = FIELDS.filter(({ field }) => field === 'holdMs' || field === 'adultAge')
        const typed = (holdMs: string, adultAge: string) => (field: string) =>
          ({ holdMs, adultAge })[field]
        const found = (holdMs: string, adultAge: string) =>
          faultsOf(typed(holdMs, adultAge), fields, { settings, law: {} }).map(
            ({ field, kind }) => `${field} ${kind}`,
          )
        expect(found('soon', '18')).toEqual(['holdMs NOT_A_NUMBER'])
        expect(found('', '18,5')).toEqual(['holdMs NOT_A_NUMBER', 'adultAge NOT_A_NUMBER'])
        expect(settingsOf(typed('2,5', '18'), settings)).toMatchObject({
          holdMs: 2.5 * MINUTE_MS,
          adultAge: 18,
        })
        expect(found('200', '18')).toContain('holdMs MOST')
      }),
    )
  })
})
