import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  chosenLanguage,
  directionOf,
  forgetLanguage,
  keepLanguage,
  languagesOf,
  ownNameOf,
  pickLanguage,
} from './languages.ts'

describe('languages', () => {
  it('are the catalogue files there are', () => {
    const load = () => Promise.resolve({})
    expect(languagesOf({ './locales/ru.json': load, './locales/ar.json': load })).toEqual([
      'ar',
      'ru',
    ])
  })

  it('are named in themselves', () => {
    expect(ownNameOf('ru')).toBe('Русский')
    expect(ownNameOf('kk')).toBe('Қазақ тілі')
  })

  it('turn the page where they are written from right to left', () => {
    expect(['ar', 'he', 'fa', 'ur'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl'])
    expect(['en', 'ru', 'uz'].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr'])
  })

  it('are picked by the first wish that can be met', () => {
    expect(pickLanguage(['de', 'ru-RU', 'en'], ['en', 'ru'])).toBe('ru')
    expect(pickLanguage(['de'], ['en', 'ru'])).toBe('en')
    expect(pickLanguage([], ['ru'])).toBe('ru')
  })
})

describe('a choice of language', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('is kept on the device until it is forgotten', () => {
    const kept = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    })
    keepLanguage('ru')
    expect(chosenLanguage()).toBe('ru')
    forgetLanguage()
    expect(chosenLanguage()).toBeNull()
  })

  it('may be refused by the browser', () => {
    expect(forgetLanguage).not.toThrow()
    expect(chosenLanguage()).toBeNull()
  })
})
