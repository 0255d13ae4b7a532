import { expect, it } from 'vitest'
import { canBeTakenBack, isOwn, sizeWords } from './export-rules.ts'

const READER = { displayName: 'Irina Volkova', role: 'investigator' }

it('[RC-6] who asked fetches it; whoever may decide about it does not', () => {
  expect(isOwn({ askedBy: 'Irina Volkova', isMineToDecide: false }, READER)).toBe(true)
  expect(isOwn({ askedBy: 'Irina Volkova', isMineToDecide: true }, READER)).toBe(false)
  expect(isOwn({ askedBy: 'Somebody Else', isMineToDecide: false }, READER)).toBe(false)
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
