import { expect, it } from 'vitest'
import { isRoomPath, tidyCode } from './room-device.ts'

const VISIT = '00000000-0000-4000-8000-000000000001'

it('[TR-3] keeps a room device to the pages of its one visit', () => {
  expect(isRoomPath(`/visits/${VISIT}`, VISIT)).toBe(true)
  expect(isRoomPath(`/visits/${VISIT}/check`, VISIT)).toBe(true)
  for (const other of ['/visits', `/visits/${VISIT}0/check`, '/profile', '/book', '/']) {
    expect(isRoomPath(other, VISIT)).toBe(false)
  }
})

it('takes a code as the host reads it out', () => {
  expect(tidyCode(' 7qk2m-0xwdr ')).toBe('7QK2M-0XWDR')
})
