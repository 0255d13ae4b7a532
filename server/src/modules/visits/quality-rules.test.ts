import { expect, test } from 'vitest'
import type { SeatQuality } from '@visavis/contract/quality'
import {
  NOTHING_TOLD,
  keepsPicture,
  linesFor,
  looksAlike,
  notesOfMeasured,
  notesOfTold,
} from './quality-rules.ts'

const [ANNA, IVAN, SON] = ['anna', 'ivan', 'son']
const at = new Date('2026-11-22T10:00:00Z')

function quality(seatId: string, changes: Partial<SeatQuality> = {}): SeatQuality {
  return {
    ...{ seatId, level: 'GOOD', score: 95, roundTripMs: 40 },
    send: { bps: 600_000, lossShare: 0, layers: 2, asked: 'WHOLE' },
    receive: { bps: 500_000, lossShare: 0, layers: 2, availableBps: 900_000, held: {} },
    ...changes,
  }
}
const holding = (held: SeatQuality['receive']['held']) => ({
  receive: { ...quality('').receive, held },
})
const asking = (asked: SeatQuality['send']['asked']) => ({ send: { ...quality('').send, asked } })
const measured = (...seats: SeatQuality[]) => new Map(seats.map((seat) => [seat.seatId, seat]))

const seat = (seatId: string, changes = {}) =>
  ({ seatId, cameraSeatId: null, state: 'IN', role: 'PERSON', ...changes }) as never
const TOGETHER = { seats: [seat(ANNA), seat(IVAN)] }

test('[LV-9] each side sees its own line and the other one, and what does not come', () => {
  const book = {
    told: new Map([[IVAN, { ...NOTHING_TOLD, step: 'VOICE' as const }]]),
    measured: measured(quality(ANNA), quality(IVAN, { level: 'POOR' })),
  }
  expect(linesFor(TOGETHER, ANNA, book)).toEqual({
    connection: 'GOOD',
    asked: 'WHOLE',
    others: [{ seatId: IVAN, connection: 'POOR', held: 'PICTURE' }],
  })
  expect(linesFor(TOGETHER, IVAN, book).others).toEqual([
    { seatId: ANNA, connection: 'GOOD', held: null },
  ])
})

test("[LV-9] what one's own line does not carry is held for oneself only", () => {
  const book = {
    told: new Map(),
    measured: measured(quality(ANNA, holding({ [IVAN]: 'PICTURE' }))),
  }
  expect(linesFor(TOGETHER, ANNA, book).others[0]?.held).toBe('PICTURE')
  expect(linesFor(TOGETHER, IVAN, book).others[0]?.held).toBe(null)
})

test('[LV-9] what the SFU asks of a seat is told to that seat, as news, and noted', () => {
  const before = quality(IVAN)
  const after = quality(IVAN, asking('LEAN'))
  const book = { told: new Map(), measured: measured(quality(ANNA), after) }
  expect(linesFor(TOGETHER, IVAN, book).asked).toBe('LEAN')
  expect(linesFor(TOGETHER, ANNA, book).asked).toBe('WHOLE')
  expect(looksAlike(measured(before), measured(after))).toBe(false)
  const details = [
    [undefined, before],
    [before, after],
    [after, after],
    [after, before],
  ] as const
  expect(
    details.map(([was, is]) => notesOfMeasured(was, is, { at }).map(({ detail }) => detail)),
  ).toEqual([[], [{ asked: 'LEAN' }], [], [{ asked: 'WHOLE' }]])
})

test('[EL-8] before both are together nobody learns of the other line', () => {
  const book = { told: new Map(), measured: measured(quality(ANNA), quality(IVAN)) }
  const seats = [seat(ANNA, { state: 'WAITING' }), seat(IVAN, { state: 'ADMITTED' })]
  expect(linesFor({ seats }, ANNA, book)).toEqual({
    connection: 'GOOD',
    asked: 'WHOLE',
    others: [{ seatId: IVAN, connection: null, held: null }],
  })
})

test('people at one camera share its line', () => {
  const seats = [seat(ANNA), seat(SON, { cameraSeatId: ANNA }), seat(IVAN)]
  const book = { told: new Map(), measured: measured(quality(ANNA, { level: 'WEAK' })) }
  expect(linesFor({ seats }, IVAN, book).others.map(({ connection }) => connection)).toEqual([
    'WEAK',
    'WEAK',
  ])
})

test('[LV-9] the picture goes last where somebody signs or interprets', () => {
  const book = { told: new Map(), measured: new Map() }
  expect(keepsPicture(TOGETHER, book)).toBe(false)
  const signs = new Map([[ANNA, { ...NOTHING_TOLD, keepsPicture: true }]])
  expect(keepsPicture(TOGETHER, { ...book, told: signs })).toBe(true)
  expect(keepsPicture({ seats: [seat(ANNA, { role: 'INTERPRETER' })] }, book)).toBe(true)
})

test('[LV-9] each step, choice and holding is noted once', () => {
  const saving = { ...NOTHING_TOLD, isDataSaver: true, step: 'MEDIUM' as const }
  const notes = notesOfTold(NOTHING_TOLD, saving, { seatId: ANNA, at })
  expect(notes.map(({ kind, detail }) => [kind, detail])).toEqual([
    ['QUALITY', { direction: 'SEND', step: 'MEDIUM' }],
    ['QUALITY', { isDataSaver: true }],
  ])
  expect(notesOfTold(saving, saving, { seatId: ANNA, at })).toEqual([])
  const held = quality(ANNA, holding({ [IVAN]: 'PICTURE' }))
  expect(notesOfMeasured(undefined, held, { at })).toEqual([
    {
      ...{ at, kind: 'QUALITY', seatId: ANNA },
      detail: { direction: 'RECEIVE', held: 'PICTURE', from: IVAN },
    },
  ])
  expect(notesOfMeasured(held, held, { at })).toEqual([])
  expect(notesOfMeasured(held, quality(ANNA), { at })[0]?.detail['held']).toBe(null)
})

test('[OV-9] figures alone are no news for people', () => {
  const before = measured(quality(ANNA), quality(IVAN))
  expect(looksAlike(before, measured(quality(IVAN, { score: 90 }), quality(ANNA)))).toBe(true)
  expect(looksAlike(before, measured(quality(ANNA), quality(IVAN, { level: 'WEAK' })))).toBe(false)
  expect(
    looksAlike(before, measured(quality(ANNA, holding({ [IVAN]: 'PICTURE' })), quality(IVAN))),
  ).toBe(false)
})
