import { describe, expect, it } from 'vitest'
import { adultsToSee, byStart, deskPhase, mayCheckIn } from './desk-visit.ts'
import type { DeskPerson, DeskVisit } from './desk-visit.ts'

const NOW_MS = Date.UTC(2026, 10, 22, 12)
const at = (minutes: number) => new Date(NOW_MS + minutes * 60_000).toISOString()

const aPerson = (over: Partial<DeskPerson> = {}): DeskPerson => ({
  seatId: crypto.randomUUID(),
  visitorId: crypto.randomUUID(),
  name: 'Anna Sokolova',
  isAdult: true,
  checkedInAt: null,
  help: null,
  ...over,
})
const seen = aPerson({ checkedInAt: at(-5) })
const child = aPerson({ isAdult: false })

const aVisit = (over: Partial<DeskVisit> = {}): DeskVisit => ({
  visitId: crypto.randomUUID(),
  startsAt: at(10),
  endsAt: at(40),
  room: { linkCentreRoomId: crypto.randomUUID(), name: 'Room 1' },
  facilityName: 'Krasnoyarsk',
  inmateFirstName: 'Dmitri',
  visitors: [aPerson(), child],
  isRoomReady: false,
  outcome: null,
  ...over,
})

describe('what comes next at the desk', () => {
  it('[EL-6] is seeing every adult before the room’s code', () => {
    const visit = aVisit({ visitors: [seen, aPerson(), child] })
    expect(adultsToSee(visit)).toHaveLength(1)
    expect(deskPhase(visit, NOW_MS)).toBe('CHECK_IN')
    expect(deskPhase(aVisit({ visitors: [seen, child] }), NOW_MS)).toBe('CODE')
  })

  it('is nothing once the room is ready, or the visit is over', () => {
    expect(deskPhase(aVisit({ isRoomReady: true }), NOW_MS)).toBe('READY')
    expect(deskPhase(aVisit({ endsAt: at(0) }), NOW_MS)).toBe('OVER')
    expect(deskPhase(aVisit({ outcome: 'COMPLETED' }), NOW_MS)).toBe('OVER')
  })

  it('lets a child’s document be seen too, each once', () => {
    expect(mayCheckIn(child, 'CODE')).toBe(true)
    expect(mayCheckIn(seen, 'CODE')).toBe(false)
    expect(mayCheckIn(child, 'OVER')).toBe(false)
  })
})

it('lists visits as people come, then by room', () => {
  const late = aVisit({ startsAt: at(30) })
  const second = aVisit({ room: { linkCentreRoomId: crypto.randomUUID(), name: 'Room 2' } })
  const first = aVisit()
  expect(byStart([late, second, first])).toEqual([first, second, late])
})
