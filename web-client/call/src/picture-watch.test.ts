import { expect, test } from 'vitest'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { isPictureExpected } from './picture-watch.ts'

type Other = VisitSnapshot['others'][number]

const SEAT = '0198c0de-0000-7000-8000-000000000007'
const expectedWith = (other: Partial<Other>, state: VisitSnapshot['state'] = 'LIVE'): boolean => {
  const here = { seatId: SEAT, state: 'IN', isAway: false, isCameraOff: false }
  return isPictureExpected(
    { state, others: [{ ...here, ...other }] } as unknown as VisitSnapshot,
    SEAT,
  )
}

test('[LV-8] a picture is missed only of somebody who is in a live visit with their camera on', () => {
  expect(expectedWith({})).toBe(true)
  expect(isPictureExpected(null, SEAT)).toBe(false)
  expect(expectedWith({}, 'PAUSED')).toBe(false)
  expect(expectedWith({ state: 'DISCONNECTED' })).toBe(false)
  expect(expectedWith({ isAway: true })).toBe(false)
  expect(expectedWith({ isCameraOff: true })).toBe(false)
})
