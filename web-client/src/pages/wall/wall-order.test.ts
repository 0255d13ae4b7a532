import { ATTENTION_REASONS } from '@visavis/contract/visit'
import { expect, it } from 'vitest'
import { aTile } from './wall-fixture.ts'
import { arrangeWall, nextUrgent } from './wall-order.ts'

it('[OV-4] orders tiles by need of attention', () => {
  const tiles = [null, ...ATTENTION_REASONS.toReversed()].map((attention) => aTile({ attention }))
  const order = arrangeWall(tiles).tiles.map(({ attention }) => attention)
  expect(order).toEqual([...ATTENTION_REASONS, null])
})

it('[OV-4] puts an officer’s own language first among equals, and never before what is more urgent', () => {
  const [tatar, russian] = [aTile(), aTile({ startsAt: '2026-11-22T09:00:00.000Z' })]
  const calling = aTile({ attention: 'HELP_CALLED' })
  const { tiles } = arrangeWall([russian, tatar, calling], new Set([tatar.visitId]))
  expect(tiles).toEqual([calling, tatar, russian])
})

it('[OV-4] leads from one urgent visit to the next, the most urgent first, and round again', () => {
  const calm = aTile()
  const paused = aTile({ attention: 'PAUSED' })
  const calling = aTile({ attention: 'HELP_CALLED' })
  const tiles = [calm, paused, calling]
  expect(nextUrgent(tiles, null)).toBe(calling.visitId)
  expect(nextUrgent(tiles, calling.visitId)).toBe(paused.visitId)
  expect(nextUrgent(tiles, paused.visitId)).toBe(calling.visitId)
  expect(nextUrgent(tiles, calm.visitId)).toBe(calling.visitId)
  expect(nextUrgent([calm], null)).toBeNull()
})

it('keeps what has not begun and what is over apart', () => {
  const [later, over, now] = [aTile({ state: 'SCHEDULED' }), aTile({ state: 'ENDED' }), aTile()]
  expect(arrangeWall([later, over, now])).toEqual({
    tiles: [now],
    later: [later],
    finished: [over],
  })
})
