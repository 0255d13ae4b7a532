import { expect, test } from 'vitest'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { isPictureExpected } from './picture-watch.ts'

type Other = VisitSnapshot['others'][number]

const SEAT = '0198c0de-0000-7000-8000-000000000007'
type Held = VisitSnapshot['lines']['others'][number]['held']
const expectedWith = (
  other: Partial<Other>,
  { state = 'LIVE', held = null }: { state?: VisitSnapshot['state']; held?: Held } = {},
): boolean => {
  const here = { seatId: SEAT, state: 'IN', isAway: false, isCameraOff: false }
  return isPictureExpected(
    {
      state,
      others: [{ ...here, ...other }],
      lines: { others: [{ seatId: SEAT, held }] },
    } as unknown as VisitSnapshot,
    SEAT,
  )
}

test('[LV-8] a picture is missed only of somebody who is in a live visit with their camera on', () => {
  expect(expectedWith({})).toBe(true)
  expect(isPictureExpected(null, SEAT)).toBe(false)
  expect(expectedWith({}, { state: 'PAUSED' })).toBe(false)
  expect(expectedWith({ state: 'DISCONNECTED' })).toBe(false)
  expect(expectedWith({ isAway: true })).toBe(false)
  expect(expectedWith({ isCameraOff: true })).toBe(false)
  // LV-9: what is held back so that the voice stays is no fault to be mended.
  expect(expectedWith({}, { held: 'PICTURE' })).toBe(false)
  expect(expectedWith({}, { held: 'SOUND' })).toBe(true)
})
