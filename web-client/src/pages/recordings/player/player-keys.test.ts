import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NO_MARKS, fasterThan, playerKeyOf, stretchOf, withMark } from './player-keys.ts'

const FREE = {
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
}

it('knows its keys by their place, whatever the layout writes', () => {
  expect(playerKeyOf({ ...FREE, key: 'k', code: 'KeyK' })).toBe('stop')
  expect(playerKeyOf({ ...FREE, key: 'л', code: 'KeyK' })).toBe('stop')
  expect(playerKeyOf({ ...FREE, key: '?', code: 'Slash', shiftKey: true })).toBe('help')
  expect(playerKeyOf({ ...FREE, key: '?', code: 'Digit7', shiftKey: true })).toBe('help')
})

it('[OV-6] steps from flag to flag, and back with Shift', () => {
  expect(playerKeyOf({ ...FREE, key: 'а', code: 'KeyF' })).toBe('nextFlag')
  expect(playerKeyOf({ ...FREE, key: 'F', code: 'KeyF', shiftKey: true })).toBe('previousFlag')
  expect(playerKeyOf({ ...FREE, code: 'KeyF', ctrlKey: true })).toBeNull()
})

it('leaves to the browser what is the browser’s', () => {
  expect(playerKeyOf({ ...FREE, code: 'KeyL', ctrlKey: true })).toBeNull()
  expect(playerKeyOf({ ...FREE, code: 'KeyJ', shiftKey: true })).toBeNull()
  expect(playerKeyOf({ ...FREE, code: 'KeyQ' })).toBeNull()
})

it('a held key moves on, but presses nothing twice', () => {
  expect(playerKeyOf({ ...FREE, code: 'ArrowRight', repeat: true })).toBe('forward')
  expect(playerKeyOf({ ...FREE, code: 'Space', repeat: true })).toBeNull()
})

it('goes up the speeds and stays at the top', () => {
  expect(fasterThan(1)).toBe(1.25)
  expect(fasterThan(4)).toBe(4)
})

it('[RC-6] a marked stretch never ends before it begins', () => {
  const mark = fc.tuple(fc.constantFrom('in' as const, 'out' as const), fc.nat(1_000))
  fc.assert(
    fc.property(fc.array(mark), (pressed) => {
      const marks = pressed.reduce((all, [which, atMs]) => withMark(all, which, atMs), NO_MARKS)
      const { inMs, outMs } = marks
      if (inMs !== null && outMs !== null) expect(outMs).toBeGreaterThan(inMs)
      expect(stretchOf(marks, 1_000) === null).toBe(inMs === null && outMs === null)
    }),
  )
})
