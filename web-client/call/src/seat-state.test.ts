import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { isOver, nextSeatState } from './seat-state.ts'
import type { SeatHappening } from './seat-state.ts'
import type { SeatCallState } from './types.ts'

const VISIT = '11111111-1111-4111-8111-111111111111'
const OTHER_VISIT = '22222222-2222-4222-8222-222222222222'

function aSnapshot(facts: Partial<Pick<VisitSnapshot, 'version' | 'state'>> = {}, visitId = VISIT) {
  return {
    visitId,
    version: 1,
    state: 'LOBBY',
    clock: {
      deliveredMs: 0,
      bookedMs: 1_800_000,
      leftMs: 1_800_000,
      isRunning: false,
      at: '2026-11-22T12:00:00.000Z',
    },
    ...facts,
  } as VisitSnapshot
}

const play = (happenings: readonly SeatHappening[]): SeatCallState =>
  happenings.reduce<SeatCallState>(nextSeatState, { phase: 'idle' })

const JOINED: readonly SeatHappening[] = [
  { what: 'joining', visitId: VISIT },
  { what: 'entered', snapshot: aSnapshot() },
]

test('a call joins, loses its link and comes back with the newest view', () => {
  expect(play(JOINED)).toMatchObject({ phase: 'joined', link: 'connected', media: 'starting' })
  const lost = play([...JOINED, { what: 'linkLost' }])
  expect(lost).toMatchObject({ phase: 'joined', link: 'reconnecting' })
  const back = nextSeatState(lost, { what: 'entered', snapshot: aSnapshot({ version: 0 }) })
  expect(back).toMatchObject({ phase: 'joined', link: 'connected', snapshot: { version: 1 } })
})

test('[LV-4] a replaced seat stays replaced, also when it hears so as a refusal', () => {
  const replaced = play([...JOINED, { what: 'replaced' }])
  expect(replaced).toEqual({ phase: 'replaced' })
  expect(nextSeatState(replaced, { what: 'refused', code: 'NOT_JOINED' })).toBe(replaced)
  expect(play([...JOINED, { what: 'refused', code: 'SEAT_REPLACED' }])).toEqual({
    phase: 'replaced',
  })
})

test('a visit that ended while we were away is an end, at the door it is a refusal', () => {
  const ended: SeatHappening = { what: 'refused', code: 'VISIT_ENDED' }
  expect(play([...JOINED, ended])).toMatchObject({ phase: 'ended', snapshot: { state: 'ENDED' } })
  expect(play([{ what: 'joining', visitId: VISIT }, ended])).toEqual({
    phase: 'refused',
    code: 'VISIT_ENDED',
  })
})

test('what belongs to another visit changes nothing', () => {
  const joined = play(JOINED)
  const snapshot = aSnapshot({ version: 9, state: 'ENDED' }, OTHER_VISIT)
  const clock = {
    deliveredMs: 5,
    bookedMs: 5,
    leftMs: 0,
    isRunning: true,
    at: '2026-11-22T12:00:00.000Z',
  }
  expect(nextSeatState(joined, { what: 'changed', snapshot })).toBe(joined)
  expect(nextSeatState(joined, { what: 'ticked', visitId: OTHER_VISIT, clock })).toBe(joined)
})

const snapshots = fc
  .record({ version: fc.nat(5), state: fc.constantFrom('LOBBY', 'LIVE', 'PAUSED', 'ENDED') })
  .map((facts) => aSnapshot(facts as Partial<VisitSnapshot>))
const happenings: fc.Arbitrary<SeatHappening> = fc.oneof(
  snapshots.map((snapshot) => ({ what: 'entered', snapshot }) as const),
  snapshots.map((snapshot) => ({ what: 'changed', snapshot }) as const),
  fc.constantFrom<SeatHappening>(
    { what: 'joining', visitId: VISIT },
    { what: 'linkLost' },
    { what: 'mediaMoved', media: 'connected' },
    { what: 'remotesMoved', remotes: [] },
    {
      what: 'ticked',
      visitId: VISIT,
      clock: {
        deliveredMs: 1,
        bookedMs: 2,
        leftMs: 1,
        isRunning: true,
        at: '2026-11-22T12:00:00.000Z',
      },
    },
    { what: 'replaced' },
    { what: 'refused', code: 'FORBIDDEN' },
    { what: 'refused', code: 'VISIT_ENDED' },
    { what: 'left' },
  ),
)

test('[LV-1] the version never falls, and from an end only a join or leaving leads on', () => {
  fc.assert(
    fc.property(fc.array(happenings, { maxLength: 30 }), (list) => {
      let state: SeatCallState = { phase: 'idle' }
      for (const happening of list) {
        const next = nextSeatState(state, happening)
        if (isOver(state) && !['joining', 'left'].includes(happening.what)) expect(next).toBe(state)
        if (state.phase === 'joined' && next.phase === 'joined') {
          expect(next.snapshot.version).toBeGreaterThanOrEqual(state.snapshot.version)
        }
        if (next.phase === 'joined') expect(next.snapshot.state).not.toBe('ENDED')
        if (next.phase === 'ended') expect(next.snapshot.state).toBe('ENDED')
        state = next
      }
    }),
  )
})
