import { expect, test } from 'vitest'
import { isSameLanguage, wordsFor } from './warning-words.ts'

const READY = { en: 'Please sit down.', ru: 'Пожалуйста, сядьте.' }

test.each([
  ['ru', 'ru'],
  ['ru-RU', 'ru'],
  ['en-GB', 'en'],
  ['tt', 'en'],
])('[OV-5] who reads %s sees the text in %s', (language, expected) => {
  expect(wordsFor(READY, language)).toEqual({
    language: expected,
    text: READY[expected as keyof typeof READY],
  })
})

test('[OV-5] what was typed is shown as it was, whoever reads it', () => {
  const typed = { 'pt-BR': 'Sente-se.' }
  expect(wordsFor(typed, 'ru')).toEqual({ language: 'pt-BR', text: 'Sente-se.' })
  expect(wordsFor(typed, 'pt')).toEqual({ language: 'pt-BR', text: 'Sente-se.' })
  expect(isSameLanguage('pt-BR', 'pt')).toBe(true)
  expect(wordsFor({}, 'ru').text).toBe('')
})
