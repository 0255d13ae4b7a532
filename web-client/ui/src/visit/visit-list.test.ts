import fc from 'fast-check'
import { expect, it } from 'vitest'
import { groupVisits } from './visit-list.ts'
import type { VisitOfMine } from './visit-list.ts'

const MINUTE_MS = 60_000

function aVisit(startMs: number, over: Partial<VisitOfMine> = {}): VisitOfMine {
  const at = (ms: number) => new Date(ms).toISOString()
  return {
    visitId: crypto.randomUUID(),
    seatId: crypto.randomUUID(),
    party: 'VISITOR',
    visitClass: 'social',
    state: 'SCHEDULED',
    startsAt: at(startMs),
    endsAt: at(startMs + 30 * MINUTE_MS),
    opensAt: at(startMs - 15 * MINUTE_MS),
    facility: { name: 'Krasnoyarsk', timeZone: 'Asia/Krasnoyarsk' },
    withWhom: ['Dmitri'],
    notice: { monitor: 'AV', isRecorded: true },
    outcome: null,
    acknowledgedAt: null,
    deliveredMs: 0,
    bookedMs: 30 * MINUTE_MS,
    ...over,
  }
}

it('opens a visit exactly when its lobby opens', () => {
  const visit = aVisit(15 * MINUTE_MS)
  expect(groupVisits([visit], -1).upcoming).toEqual([visit])
  expect(groupVisits([visit], 0).now).toEqual([visit])
})

it('counts an ended visit as past even inside its booked time', () => {
  const visit = aVisit(0, { state: 'ENDED' })
  expect(groupVisits([visit], MINUTE_MS).past).toEqual([visit])
})

it('puts every visit into exactly one group', () => {
  const starts = fc.array(fc.integer({ min: -10_000, max: 10_000 }), { maxLength: 20 })
  fc.assert(
    fc.property(starts, fc.integer({ min: -10_000, max: 10_000 }), (minutes, nowMinute) => {
      const visits = minutes.map((minute) => aVisit(minute * MINUTE_MS))
      const { now, upcoming, past } = groupVisits(visits, nowMinute * MINUTE_MS)
      const ids = [...now, ...upcoming, ...past].map(({ visitId }) => visitId)
      expect(ids.toSorted()).toEqual(visits.map(({ visitId }) => visitId).toSorted())
    }),
  )
})
