import { describe, expect, it } from 'vitest'
import { directionOf, languagesOf, ownNameOf, pickLanguage } from './languages.ts'

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
