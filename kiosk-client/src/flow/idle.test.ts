import { expect, it } from 'vitest'
import { idleLimitOf, secondsLeft } from './idle.ts'

it('warns twenty seconds before a form is put back after a minute', () => {
  const limit = idleLimitOf('pin')!
  expect(secondsLeft(39_999, limit)).toBeNull()
  expect(secondsLeft(40_000, limit)).toBe(20)
  expect(secondsLeft(59_001, limit)).toBe(1)
  expect(secondsLeft(60_000, limit)).toBe(0)
})

it('counts the whole time at the end of a visit', () => {
  expect(secondsLeft(0, idleLimitOf('ended')!)).toBe(30)
  expect(secondsLeft(30_000, idleLimitOf('ended')!)).toBe(0)
})

it('puts the start screen back without a word', () => {
  expect(secondsLeft(59_999, idleLimitOf('attract')!)).toBeNull()
  expect(secondsLeft(60_000, idleLimitOf('attract')!)).toBe(0)
})

it('never ends a visit, or the wait for one, for want of a touch', () => {
  expect([idleLimitOf('lobby'), idleLimitOf('call')]).toEqual([null, null])
})

it('[BK-8] lets a ring ring, and puts the desk back like any form', () => {
  expect(idleLimitOf('ringing')).toBeNull()
  const atForm = idleLimitOf('pin')
  for (const step of ['deskSignIn', 'desk', 'rang'] as const) expect(idleLimitOf(step)).toBe(atForm)
})
