import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUDGET_MS, budgetFor } from './budget-rules.ts'

const NOON = Date.UTC(2026, 10, 22, 12)
const now = new Date(NOON)
const opened = (visitId: string, minutesAgo: number) => ({
  visitId,
  createdAt: new Date(NOON - minutesAgo * 60_000),
})

describe('[RC-5] the reading budget', () => {
  it('counts visits within the hour, each once', () => {
    const plays = [opened('a', 5), opened('a', 3), opened('b', 10), opened('c', 60)]
    expect(budgetFor(plays, { visitId: 'd', now, of: 10 })).toMatchObject({
      used: 3,
      isAllowed: true,
      isAlarming: false,
    })
    expect(budgetFor(plays, { visitId: 'a', now, of: 2 })).toMatchObject({
      used: 2,
      isAllowed: true,
    })
  })

  it('is used up until the visit that was opened longest ago is an hour old', () => {
    const plays = [opened('a', 50), opened('a', 20), opened('b', 30)]
    expect(budgetFor(plays, { visitId: 'c', now, of: 2 })).toEqual({
      used: 2,
      of: 2,
      isAllowed: false,
      liftsAt: new Date(NOON - 30 * 60_000 + BUDGET_MS),
      isAlarming: true,
    })
  })

  it.each([
    [2, false],
    [3, true],
    [4, true],
  ])('with %i opened of five before this one: alarming %s', (before, isAlarming) => {
    const plays = Array.from({ length: before }, (_, index) => opened(`${index}`, 1))
    expect(budgetFor(plays, { visitId: 'new', now, of: 5 })).toMatchObject({ isAlarming })
  })

  it('refuses exactly what is beyond it, and says truly when it lifts', () => {
    const play = fc.record({
      visitId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      createdAt: fc.nat(2 * BUDGET_MS).map((ago) => new Date(NOON - ago)),
    })
    fc.assert(
      fc.property(fc.array(play), fc.integer({ min: 1, max: 4 }), (plays, of) => {
        const budget = budgetFor(plays, { visitId: 'f', now, of })
        expect(budget.isAllowed).toBe(budget.used <= of && budget.liftsAt === null)
        if (budget.liftsAt === null) return
        const before = new Date(budget.liftsAt.getTime() - 1)
        expect(budgetFor(plays, { visitId: 'f', now: before, of }).isAllowed).toBe(false)
        expect(budgetFor(plays, { visitId: 'f', now: budget.liftsAt, of }).isAllowed).toBe(true)
      }),
    )
  })
})
