import { describe, expect, it } from 'vitest'
import { SESSION_STATES } from '@visavis/contract/session-lifecycle'
import type { SeatLink } from './seat-link.ts'
import { settle } from './settle-rules.ts'
import { noShowOf } from './visit-outcome.ts'
import type { EndSituation } from './visit-outcome.ts'
import {
  INMATE_SEAT,
  SECOND_VISITOR_SEAT,
  VISITOR_SEAT,
  aSeat,
  aVisitRecord,
  at,
} from './visit-fixture.ts'

const HERE: SeatLink = { kind: 'CONNECTED' }
type Who = { readonly visitor: boolean; readonly inmate: boolean }
type State = (typeof SESSION_STATES)[number]

/** A gathering visit; of two visitors, the second is the one who came. */
function situation(came: Who, given: { minute: number; openMin?: number; state?: State }) {
  const seat = (seatId: string, party: 'VISITOR' | 'INMATE', isThere: boolean) => ({
    ...aSeat(seatId, party),
    ...(isThere ? { state: 'ADMITTED' as const, arrivedAt: at(-5), admittedAt: at(-4) } : {}),
  })
  const links: [string, SeatLink][] = [
    ...(came.visitor ? [[SECOND_VISITOR_SEAT, HERE] as [string, SeatLink]] : []),
    ...(came.inmate ? [[INMATE_SEAT, HERE] as [string, SeatLink]] : []),
  ]
  return {
    visit: aVisitRecord({
      session: { state: given.state ?? 'LOBBY' },
      seats: [
        seat(VISITOR_SEAT, 'VISITOR', false),
        seat(SECOND_VISITOR_SEAT, 'VISITOR', came.visitor),
        seat(INMATE_SEAT, 'INMATE', came.inmate),
      ],
    }),
    links: new Map(links),
    deliveredMs: 0,
    now: at(given.minute),
    ...(given.openMin === undefined ? {} : { doorOpenSince: at(given.openMin) }),
  } satisfies EndSituation
}

const MINUTES = [-20, 0, 9.99, 10, 10.01, 29.99]
const EVERYBODY: readonly (Who & { outcome: 'NO_SHOW_VISITOR' | 'NO_SHOW_INMATE' | null })[] = [
  { visitor: true, inmate: true, outcome: null },
  { visitor: false, inmate: true, outcome: 'NO_SHOW_VISITOR' },
  { visitor: true, inmate: false, outcome: 'NO_SHOW_INMATE' },
  { visitor: false, inmate: false, outcome: null },
]

describe('[LV-7] a no-show', () => {
  it.each(EVERYBODY)(
    'is $outcome where visitor: $visitor, inmate: $inmate, from ten minutes after the start',
    ({ outcome, ...came }) => {
      for (const minute of MINUTES) {
        const wanted = minute >= 10 ? outcome : null
        expect(noShowOf(situation(came, { minute })), `minute ${String(minute)}`).toBe(wanted)
      }
    },
  )

  it('is counted from when people could come, where the server was away', () => {
    const came = { visitor: true, inmate: false }
    expect(noShowOf(situation(came, { minute: 14.9, openMin: 5 }))).toBeNull()
    expect(noShowOf(situation(came, { minute: 15, openMin: 5 }))).toBe('NO_SHOW_INMATE')
    expect(noShowOf(situation(came, { minute: 10, openMin: -60 }))).toBe('NO_SHOW_INMATE')
  })

  it.each(SESSION_STATES)('ends a visit that is %s only if it has not begun or ended', (state) => {
    const steps = settle(situation({ visitor: true, inmate: false }, { minute: 12, state }))
    const hasEnded = steps.some(({ kind }) => kind === 'end')
    expect(hasEnded).toBe(['SCHEDULED', 'LOBBY', 'ID_CHECK', 'READY'].includes(state))
  })

  it('is none of somebody who arrives at the last moment', () => {
    const late = situation({ visitor: true, inmate: false }, { minute: 10 })
    const links = new Map([...late.links, [INMATE_SEAT, HERE] as const])
    expect(settle({ ...late, links })).not.toContainEqual(expect.objectContaining({ kind: 'end' }))
  })
})
