import { createInstance } from 'i18next'
import { expect, it } from 'vitest'
import { createTerminalLanguage } from './terminal-language.ts'

async function aTerminal() {
  const words = createInstance()
  await words.init({ lng: 'en', supportedLngs: ['en', 'ru'], fallbackLng: false, resources: {} })
  return { words, language: createTerminalLanguage(words) }
}

it('speaks the language of whoever signed in, and its own again when they left', async () => {
  const { words, language } = await aTerminal()
  language.greet('ru-RU')
  await expect.poll(() => words.language).toBe('ru')
  language.reset()
  await expect.poll(() => words.language).toBe('en')
})

it('keeps a language chosen by hand until the person leaves', async () => {
  const { words, language } = await aTerminal()
  language.choose('ru')
  await expect.poll(() => words.language).toBe('ru')
  language.greet('en')
  expect(words.language).toBe('ru')
  language.reset()
  language.greet('en')
  await expect.poll(() => words.language).toBe('en')
})

it('stays as it is for a language that it has no words of', async () => {
  const { words, language } = await aTerminal()
  language.greet('tg')
  expect(words.language).toBe('en')
})
