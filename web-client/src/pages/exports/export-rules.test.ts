import { expect, it } from 'vitest'
import { canBeTakenBack, sizeWords, whyNotMine } from './export-rules.ts'

it('[RC-6] who asked does not decide, and neither does their other account', () => {
  expect(whyNotMine({ isMine: true, isMineToDecide: false })).toBe('ASKED')
  expect(whyNotMine({ isMine: false, isMineToDecide: false })).toBe('SAME_PERSON')
  expect(whyNotMine({ isMine: false, isMineToDecide: true })).toBeNull()
})

it('what is over cannot be taken back', () => {
  expect(canBeTakenBack('READY')).toBe(true)
  expect(canBeTakenBack('EXPIRED')).toBe(false)
  expect(canBeTakenBack('REFUSED')).toBe(false)
})

it('writes sizes as the language does', () => {
  expect(sizeWords(0, 'en')).toBe('0 byte')
  expect(sizeWords(12_345_678, 'en')).toBe('12.3 MB')
  expect(sizeWords(4_000_000_000_000, 'en')).toBe('4,000 GB')
})
