import { expect, test } from 'vitest'
import { BARS, heldOf, megabytes, otherLevelsOf, ownLevelOf } from './line-words.ts'
import type { JoinedState } from './visit-view.ts'

const [DMITRI, SON] = ['dmitri', 'son']

function joined(changes: Partial<JoinedState> = {}): JoinedState {
  const others = [
    { seatId: DMITRI, displayName: 'Dmitri', cameraSeatId: null },
    { seatId: SON, displayName: 'Petya', cameraSeatId: DMITRI },
  ]
  const lines = {
    connection: 'WEAK',
    others: [
      { seatId: DMITRI, connection: 'POOR', held: 'PICTURE' },
      { seatId: SON, connection: 'POOR', held: null },
    ],
  }
  const state = { link: 'connected', media: 'connected', snapshot: { others, lines } }
  return { ...state, ...changes } as unknown as JoinedState
}

test('[LV-9] one reads of oneself what the SFU found, and at once that the link is lost', () => {
  expect(ownLevelOf(joined())).toBe('WEAK')
  expect(ownLevelOf(joined({ link: 'reconnecting' }))).toBe('LOST')
  expect(ownLevelOf(joined({ media: 'reconnecting' }))).toBe('LOST')
})

test('[LV-9] each other line once, and what is held of it', () => {
  const { snapshot } = joined()
  expect(otherLevelsOf(snapshot)).toEqual([{ seatId: DMITRI, name: 'Dmitri', level: 'POOR' }])
  expect(heldOf(snapshot.lines, DMITRI)).toBe('PICTURE')
  expect(heldOf(snapshot.lines, SON)).toBeNull()
})

test('[LV-9] three bars are good and none is lost; megabytes are those of a bill', () => {
  expect(BARS).toEqual({ GOOD: 3, WEAK: 2, POOR: 1, LOST: 0 })
  expect(megabytes(4_540_000, 'en-GB')).toBe('4.5')
  expect(megabytes(104_540_000, 'ru')).toBe('105')
})
