import { expect, it } from 'vitest'
import { aTile } from './wall-fixture.ts'
import { isSignLanguage, languagesOf, visitsFor } from './wall-languages.ts'

const russian = [aTile(), aTile(), aTile()]
const tatar = aTile({ languages: ['ru', 'tt-RU'] })
const signed = aTile({ isSigned: true })
const visits = [...russian, tatar, signed]

it('[OV-4] an officer who reads Tatar is wanted where Tatar is spoken', () => {
  expect([...visitsFor(visits, ['ru', 'tt'])]).toEqual([tatar.visitId])
})

it('[OV-4] an officer who signs is wanted where somebody signs, whichever the sign language', () => {
  expect([...visitsFor(visits, ['rsl'])]).toEqual([signed.visitId])
  expect([...visitsFor(visits, ['ase'])]).toEqual([signed.visitId])
})

it('[OV-4] what nearly everybody speaks puts no visit before another', () => {
  expect([...visitsFor(visits, ['ru'])]).toEqual([])
  expect([...visitsFor(visits, [])]).toEqual([])
})

it('knows a language by its base, and signing as one more', () => {
  expect(languagesOf(aTile({ languages: ['pt-BR', 'pt'], isSigned: true }))).toEqual(['pt', 'sgn'])
  expect(isSignLanguage('rsl-RU')).toBe(true)
  expect(isSignLanguage('ru')).toBe(false)
})
