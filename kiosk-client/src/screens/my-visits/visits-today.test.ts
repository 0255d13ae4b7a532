import type { VisitOfMine } from '@visavis/ui/visit/visit-list.ts'
import { expect, it } from 'vitest'
import { visitsToday } from './visits-today.ts'

const MINUTE_MS = 60_000
const KRASNOYARSK = 'Asia/Krasnoyarsk'
// 23:30 in Krasnoyarsk.
const NOW_MS = Date.UTC(2026, 10, 22, 16, 30)

function aVisit(startsInMin: number, over: Partial<VisitOfMine> = {}): VisitOfMine {
  const at = (minutes: number) => new Date(NOW_MS + minutes * MINUTE_MS).toISOString()
  return {
    visitId: crypto.randomUUID(),
    seatId: crypto.randomUUID(),
    party: 'INMATE',
    visitClass: 'social',
    state: 'SCHEDULED',
    startsAt: at(startsInMin),
    endsAt: at(startsInMin + 30),
    opensAt: at(startsInMin - 15),
    facility: { name: 'Krasnoyarsk', timeZone: KRASNOYARSK },
    withWhom: ['Anna'],
    notice: { monitor: 'AV', isRecorded: true },
    outcome: null,
    acknowledgedAt: null,
    deliveredMs: 0,
    bookedMs: 30 * MINUTE_MS,
    ...over,
  }
}

const today = (...visits: VisitOfMine[]) =>
  visitsToday(visits, { nowMs: NOW_MS, timeZone: KRASNOYARSK })

it('counts the day by the facility’s clock', () => {
  const [tonight, tomorrow] = [aVisit(25), aVisit(60)]
  expect(today(tonight, tomorrow)).toEqual([{ visit: tonight, moment: 'upcoming' }])
})

it('shows a visit that is open whatever its day, and first', () => {
  const [over, open] = [aVisit(-120), aVisit(5, { startsAt: '2026-11-22T17:05:00.000Z' })]
  expect(today(over, open)).toEqual([
    { visit: open, moment: 'now' },
    { visit: over, moment: 'past' },
  ])
})
