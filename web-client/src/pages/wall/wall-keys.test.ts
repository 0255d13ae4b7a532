import { expect, it } from 'vitest'
import { wallKeyOf } from './wall-keys.ts'

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false }
const press = (code: string, over = {}) => wallKeyOf({ ...NONE, key: '', code, ...over })

it('[OV-4] knows the wall’s keys by their places, whatever the layout', () => {
  expect(press('KeyN', { key: 'т' })).toEqual({ what: 'next' })
  expect(press('KeyF', { key: 'а' })).toEqual({ what: 'press', shortcut: 'F' })
  expect(press('Digit3')).toEqual({ what: 'press', shortcut: '3' })
  expect(press('Numpad3')).toEqual({ what: 'press', shortcut: '3' })
  expect(press('Digit7', { key: '?', shiftKey: true })).toEqual({ what: 'help' })
})

it('leaves the browser its own keys, and acts once for a key that is held down', () => {
  for (const own of ['ctrlKey', 'metaKey', 'altKey', 'repeat']) {
    expect(press('KeyF', { [own]: true })).toBeNull()
  }
  expect(press('Digit1', { shiftKey: true })).toBeNull()
  expect(press('KeyQ')).toBeNull()
})
