import { describe, expect, it } from 'vitest'
import { inListOrder, visitSummary } from './visit-summary.ts'
import type { SummarisedVisit } from './visit-summary.ts'

const person = (givenName: string) => ({ givenName, familyName: 'Family' })
const inmate = {
  seatId: 'seat-1',
  party: 'INMATE' as const,
  role: 'PERSON' as const,
  visitorId: null,
  inmateId: 'inmate-1',
  visitor: null,
  inmate: person('Dmitri'),
}
const visitorSeat = (seatId: string, name: string) => ({
  seatId,
  party: 'VISITOR' as const,
  role: 'PERSON' as const,
  visitorId: `visitor-${name}`,
  inmateId: null,
  visitor: person(name),
  inmate: null,
})
const vera = visitorSeat('seat-2', 'Vera')

const aVisit = (startsAt: string, given: Partial<SummarisedVisit> = {}): SummarisedVisit => ({
  visitId: `visit at ${startsAt}`,
  visitClass: 'social',
  monitor: 'AV',
  isRecorded: true,
  startsAt: new Date(startsAt),
  endsAt: new Date(new Date(startsAt).getTime() + 1_800_000),
  acknowledgedAt: null,
  facility: { name: 'North', timeZone: 'Asia/Krasnoyarsk' },
  session: { state: 'SCHEDULED', outcome: null, deliveredMs: 0 },
  seats: [inmate, vera, visitorSeat('seat-3', 'Anna')],
  ...given,
})

describe('visitSummary', () => {
  it('[EL-8] names the other side by first names and says nothing else of it', () => {
    const visit = aVisit('2026-11-21T10:00:00.000Z')
    expect(visitSummary(visit, vera).withWhom).toEqual(['Dmitri'])
    expect(visitSummary(visit, inmate).withWhom).toEqual(['Vera', 'Anna'])
    expect(JSON.stringify(visitSummary(visit, vera))).not.toMatch(/Family|seat-1|seat-3|Anna/)
  })

  it('is of a scheduled visit where the live side has not begun', () => {
    const summary = visitSummary(aVisit('2026-11-21T10:00:00.000Z', { session: null }), vera)
    expect(summary).toMatchObject({ state: 'SCHEDULED', outcome: null, deliveredMs: 0 })
    expect(summary.opensAt).toBe('2026-11-21T09:45:00.000Z')
    expect(summary.bookedMs).toBe(1_800_000)
  })
})

describe('inListOrder', () => {
  it('puts the next first, then the past from the latest; an ended visit is past', () => {
    const ended = { state: 'ENDED', outcome: 'COMPLETED', deliveredMs: 1 } as const
    const visits = [
      aVisit('2026-11-20T10:00:00.000Z'),
      aVisit('2026-11-23T10:00:00.000Z'),
      aVisit('2026-11-21T10:10:00.000Z', { session: ended }),
      aVisit('2026-11-21T09:55:00.000Z'),
    ].map((visit) => visitSummary(visit, vera))
    const listed = inListOrder(visits, new Date('2026-11-21T10:20:00.000Z'))
    expect(listed.map(({ startsAt }) => startsAt.slice(8, 16))).toEqual([
      '21T09:55',
      '23T10:00',
      '21T10:10',
      '20T10:00',
    ])
  })
})
