import type { VisitOfMine } from '@visavis/ui/visit/visit-list.ts'
import { expect, it } from 'vitest'
import { deskVisits, toAcknowledge, unreadFirst } from './desk-lists.ts'
import type { TerminalNotice } from './desk-lists.ts'

const HOUR_MS = 3_600_000
const NOW_MS = Date.UTC(2026, 10, 22, 12)

function aVisit(startsInH: number, acknowledgedAt: string | null = null): VisitOfMine {
  const at = (hours: number) => new Date(NOW_MS + hours * HOUR_MS).toISOString()
  return {
    visitId: `visit at ${startsInH}`,
    state: 'SCHEDULED',
    startsAt: at(startsInH),
    endsAt: at(startsInH + 0.5),
    opensAt: at(startsInH - 0.25),
    acknowledgedAt,
  } as VisitOfMine
}

it('puts the next visit first and the latest one first', () => {
  const [late, soon, before, longAgo] = [aVisit(48), aVisit(24), aVisit(-2), aVisit(-48)]
  expect(deskVisits([late, soon, before, longAgo], NOW_MS)).toEqual({
    coming: [soon, late],
    past: [before, longAgo],
  })
})

it('counts coming visits that nobody has acknowledged', () => {
  const visits = [aVisit(-24), aVisit(2), aVisit(24, '2026-11-22T10:00:00.000Z')]
  expect(toAcknowledge(visits, NOW_MS)).toBe(1)
})

it('shows unread notices before read ones, the newest first', () => {
  const notice = (day: number, isRead: boolean) =>
    ({ isRead, createdAt: `2026-11-${day}T10:00:00.000Z` }) as TerminalNotice
  const [a, b, c] = [notice(20, false), notice(22, true), notice(21, false)]
  expect(unreadFirst([a, b, c])).toEqual([c, a, b])
})
