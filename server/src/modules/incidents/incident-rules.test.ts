import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alarmsDue, clockState, dueDates, dutiesOf, obstaclesOf } from './incident-rules.ts'
import type { Progress } from './incident-rules.ts'

const DISCOVERED = new Date('2026-11-22T12:00:00.000Z')
const after = (days: number, ms = 0) => new Date(DISCOVERED.getTime() + days * 86_400_000 + ms)

const DONE: Progress = {
  ...{ isWorkedOut: true, isAuthorityTold: true, areLettersOrdered: true },
  ...{ affected: 3, untold: 0, toPrint: 0 },
}
const progress = fc
  .record({
    ...{ isWorkedOut: fc.boolean(), isAuthorityTold: fc.boolean() },
    ...{ areLettersOrdered: fc.boolean(), affected: fc.nat(50) },
  })
  .chain((given) =>
    fc
      .nat(given.affected)
      .chain((untold) => fc.nat(untold).map((toPrint) => ({ ...given, untold, toPrint }))),
  )

describe('the clocks of an incident', () => {
  it('run ten days for the authority and thirty for the people', () => {
    expect(dueDates(DISCOVERED)).toEqual({ authorityDueAt: after(10), peopleDueAt: after(30) })
  })

  it('say how they stand, to the millisecond', () => {
    const at = (now: Date) => clockState({ dueAt: after(10), doneAt: null }, now)
    expect(at(after(7, -1))).toBe('RUNNING')
    expect(at(after(7))).toBe('SOON')
    expect(at(after(10))).toBe('SOON')
    expect(at(after(10, 1))).toBe('LATE')
    const done = (doneAt: Date) => clockState({ dueAt: after(10), doneAt }, after(40))
    expect(done(after(10))).toBe('DONE')
    expect(done(after(10, 1))).toBe('DONE_LATE')
  })

  it('raise each alarm once, and none that is past', () => {
    expect(alarmsDue({ authority: 'SOON', people: 'RUNNING' }, [])).toEqual(['authority:SOON'])
    expect(alarmsDue({ authority: 'LATE', people: 'SOON' }, ['authority:SOON'])).toEqual([
      'authority:LATE',
      'people:SOON',
    ])
    expect(alarmsDue({ authority: 'DONE_LATE', people: 'LATE' }, ['people:LATE'])).toEqual([])
  })
})

describe('what is still to be done', () => {
  it('is named in its order', () => {
    expect(
      dutiesOf({ ...DONE, isWorkedOut: false, isAuthorityTold: false, areLettersOrdered: false }),
    ).toEqual(['WORK_OUT', 'TELL_AUTHORITY', 'TELL_PEOPLE'])
    expect(dutiesOf({ ...DONE, untold: 2, toPrint: 1 })).toEqual(['TELL_PEOPLE', 'PRINT'])
    expect(dutiesOf({ ...DONE, untold: 1, toPrint: 1 })).toEqual(['PRINT'])
    expect(dutiesOf(DONE)).toEqual([])
  })

  it('never lets an incident be closed as done while somebody affected was not told', () => {
    fc.assert(
      fc.property(progress, (given) => {
        const canClose = obstaclesOf('DONE', given).length === 0
        expect(canClose && given.untold > 0 && given.affected > 0).toBe(false)
        if (canClose) expect(given.isWorkedOut && given.isAuthorityTold).toBe(true)
        expect(obstaclesOf('FALSE_ALARM', given)).toEqual([])
      }),
    )
  })
})
