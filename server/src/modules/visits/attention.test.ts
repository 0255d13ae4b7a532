import { expect, it } from 'vitest'
import type { AdviceRecord } from '../advice/index.ts'
import { attentionOf } from './attention.ts'
import { VISITOR_SEAT, aSeat, aVisitRecord, at } from './visit-fixture.ts'

const ADVICE: AdviceRecord = {
  ...{ adviceId: 'advice', seatId: VISITOR_SEAT, kind: 'NO_FACE', confidence: 0.8 },
  ...{ since: at(1), judgement: null },
}

it('[LV-11] [OV-4] advice calls an officer after every fact, and only until it is judged', () => {
  const isIn = { ...aSeat(VISITOR_SEAT, 'VISITOR'), state: 'IN' } as const
  const live = aVisitRecord({ session: { state: 'LIVE' }, seats: [isIn] })
  expect(attentionOf(live, at(1), [ADVICE])).toBe('ADVICE')
  expect(attentionOf(live, at(1), [{ ...ADVICE, judgement: 'RIGHT' }])).toBeNull()
  const paused = aVisitRecord({ session: { state: 'PAUSED' }, seats: [isIn] })
  expect(attentionOf(paused, at(1), [ADVICE])).toBe('PAUSED')
  const gone = { ...isIn, state: 'DISCONNECTED' } as const
  const broken = aVisitRecord({ session: { state: 'RECONNECTING' }, seats: [gone] })
  expect(attentionOf(broken, at(1), [ADVICE])).toBe('CONNECTION_TROUBLE')
  const ended = aVisitRecord({ session: { state: 'ENDED' }, seats: [isIn] })
  expect(attentionOf(ended, at(1), [ADVICE])).toBeNull()
})

it('[OV-4] [OV-8] a visit that the watch has closed calls an officer although it is over', () => {
  const violated = aVisitRecord({ session: { state: 'ENDED', endReason: 'ROOM_VIOLATED' } })
  expect(attentionOf(violated, at(1))).toBe('VIOLATION')
})
