import { ATTENTION_REASONS } from '@visavis/contract/visit'
import type { WallVisit } from '@visavis/contract/visit'
import { MAX_WATCHED_VISITS } from '@visavis/contract/wall-socket'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arrangeWall, visitsToWatch } from './wall-order.ts'

function aTile(over: Partial<WallVisit> = {}): WallVisit {
  return {
    visitId: crypto.randomUUID() as WallVisit['visitId'],
    facilityId: crypto.randomUUID() as WallVisit['facilityId'],
    version: 1,
    state: 'LIVE',
    visitClass: 'social',
    policy: { monitor: 'AV', isRecorded: true },
    isBeingRecorded: true,
    startsAt: '2026-11-22T10:00:00.000Z',
    endsAt: '2026-11-22T10:30:00.000Z',
    terminal: { name: 'K-01', wing: 'A' },
    seats: [],
    clock: {
      deliveredMs: 0,
      bookedMs: 1_800_000,
      leftMs: 1_800_000,
      isRunning: true,
      at: '2026-11-22T12:00:00.000Z',
    },
    attention: null,
    help: [],
    pauseReason: null,
    outcome: null,
    ...over,
  }
}

it('[OV-4] orders tiles by need of attention', () => {
  const tiles = [null, ...ATTENTION_REASONS.toReversed()].map((attention) => aTile({ attention }))
  const order = arrangeWall(tiles).tiles.map(({ attention }) => attention)
  expect(order).toEqual([...ATTENTION_REASONS, null])
})

it('[OV-4] watches only what is on screen', () => {
  const [shown, hidden] = [aTile(), aTile()]
  expect(visitsToWatch([shown, hidden], new Set([shown.visitId]), null)).toEqual([shown.visitId])
})

it('[OV-2] never asks for a visit that nobody may watch', () => {
  const secret = aTile({ policy: { monitor: 'NONE', isRecorded: false } })
  expect(visitsToWatch([secret], new Set([secret.visitId]), secret.visitId)).toEqual([])
})

it('keeps to the limit and never drops the focused visit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (count, pick) => {
      const tiles = Array.from({ length: count }, () => aTile())
      const focus = tiles[pick % count]?.visitId ?? null
      const watched = visitsToWatch(tiles, new Set(tiles.map(({ visitId }) => visitId)), focus)
      expect(watched.length).toBe(Math.min(count, MAX_WATCHED_VISITS))
      expect(watched).toContain(focus)
    }),
  )
})
