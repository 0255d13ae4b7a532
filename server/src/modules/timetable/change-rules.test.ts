import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeOf, planSlots } from './change-rules.ts'
import type { StoredSlot, WantedSlots } from './change-rules.ts'

const HOUR_MS = 3_600_000
const hour = fc.integer({ min: 0, max: 23 })
const at = (hour: number) => new Date(Date.UTC(2026, 10, 30, hour))
const stretch = (hour: number) => ({ startsAt: at(hour), endsAt: at(hour + 1) })
const slot = (slotId: string, hour: number, more: Partial<StoredSlot> = {}): StoredSlot => ({
  slotId,
  ...stretch(hour),
  visitClass: 'social',
  isOpen: true,
  capacity: 3,
  wings: [],
  ...more,
})
const wanted = (hours: number[], more: Partial<WantedSlots> = {}): WantedSlots => ({
  visitClass: 'social',
  capacity: 3,
  wings: [],
  occurrences: hours.map((hour) => ({ ...stretch(hour), localDate: '2026-11-30' })),
  ...more,
})

describe('[BK-7] what a change of a template does to its slots', () => {
  it('keeps what stays, closes what goes, opens again what comes back, adds what is new', () => {
    const stored = [slot('stays', 9), slot('goes', 10), slot('back', 11, { isOpen: false })]
    const plan = planSlots(stored, wanted([9, 11, 12]))
    expect(plan).toMatchObject({ kept: ['stays'], removed: ['goes'], reopened: ['back'] })
    expect(plan.added.map(({ startsAt }) => startsAt)).toEqual([at(12)])
  })

  it('never turns a slot into one of another length or class', () => {
    const longer = wanted([9])
    const [occurrence] = longer.occurrences
    const ends = new Date(at(9).getTime() + 2 * HOUR_MS)
    const occurrences = occurrence ? [{ ...occurrence, endsAt: ends }] : []
    for (const other of [
      { ...longer, occurrences },
      { ...longer, visitClass: 'official' as const },
    ]) {
      const plan = planSlots([slot('old', 9)], other)
      expect(plan).toMatchObject({ kept: [], removed: ['old'], reopened: [] })
      expect(plan.added).toHaveLength(1)
    }
  })

  it('leaves open exactly what the template offers, whatever was there', () => {
    const stored = fc
      .uniqueArray(fc.record({ hour, isOpen: fc.boolean() }), { selector: (one) => one.hour })
      .map((all) => all.map((one) => slot(`slot-${one.hour}`, one.hour, one)))
    const offered = fc.uniqueArray(hour)
    const property = fc.property(stored, offered, (before, hours) => {
      const plan = planSlots(before, wanted(hours))
      const open = new Set([...plan.kept, ...plan.reopened])
      const startsOf = (slots: readonly { startsAt: Date }[]) =>
        slots.map(({ startsAt }) => startsAt.getTime())
      const standing = before.filter(({ slotId }) => open.has(slotId))
      const after = [...startsOf(standing), ...startsOf(plan.added)]
      expect(after.toSorted()).toEqual(hours.map((one) => at(one).getTime()).toSorted())
      const wereOpen = before.filter(({ isOpen }) => isOpen).map(({ slotId }) => slotId)
      expect([...plan.kept, ...plan.removed].toSorted()).toEqual(wereOpen.toSorted())
    })
    fc.assert(property)
  })

  const visit = (slotId: string, slotPlace = 1, inmateWing = 'A') => ({
    slotId,
    slotPlace,
    inmateWing,
  })
  const change = (before: StoredSlot[], after: WantedSlots, visits: ReturnType<typeof visit>[]) =>
    changeOf({ before, plan: planSlots(before, after), wanted: after }, visits)

  it('names the visits whose slot, place or wing goes, and no others', () => {
    const before = [slot('goes', 9), slot('stays', 10)]
    const after = wanted([10], { capacity: 2, wings: ['A'] })
    const visits = [visit('goes'), visit('stays', 3), visit('stays', 1, 'B'), visit('stays', 2)]
    expect(change(before, after, visits).affected).toEqual(visits.slice(0, 3))
  })

  it('names nobody a second time, and says who has a place again', () => {
    const before = [slot('closed', 9, { isOpen: false }), slot('small', 10, { capacity: 1 })]
    const visits = [visit('closed'), visit('small', 2)]
    expect(change(before, wanted([10], { capacity: 1 }), visits).affected).toEqual([])
    expect(change(before, wanted([9, 10]), visits)).toEqual({ affected: [], healed: visits })
  })
})
