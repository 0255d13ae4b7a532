import { expect, it } from 'vitest'
import { leadsAway } from './lock-page.ts'

const press = (key: string, over: Partial<Parameters<typeof leadsAway>[0]> = {}) =>
  leadsAway({ key, ctrlKey: false, metaKey: false, altKey: false, ...over })

it('[TR-5] no key leads out of the terminal’s screens', () => {
  const ctrl = { ctrlKey: true }
  for (const key of ['p', 'P', 's', 'u', 'n', 't', 'w', 'f', 'o', '+', '-', '0', 'Tab']) {
    expect(press(key, ctrl), `Ctrl ${key}`).toBe(true)
    expect(press(key, { metaKey: true }), `Meta ${key}`).toBe(true)
  }
  for (const key of ['F1', 'F5', 'F11', 'F12', 'ContextMenu', 'PrintScreen']) {
    expect(press(key), key).toBe(true)
  }
  expect(press('ArrowLeft', { altKey: true })).toBe(true)
})

it('every key that the screens need still works', () => {
  for (const key of ['1', 'a', 'F', 'Enter', 'Tab', ' ', 'Escape', 'Backspace', 'ArrowDown']) {
    expect(press(key), key).toBe(false)
  }
  expect(press('a', { ctrlKey: true })).toBe(false)
})
