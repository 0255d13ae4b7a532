import type { VisitClock, VisitSnapshot } from '@visavis/contract/visit'
import i18next from 'i18next'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, it } from 'vitest'
import en from '../locales/en.json' with { type: 'json' }
import ru from '../locales/ru.json' with { type: 'json' }
import { CallBar } from './CallBar.tsx'

const CLOCK: VisitClock = {
  ...{ deliveredMs: 0, bookedMs: 60_000, leftMs: 60_000, isRunning: true },
  at: '2026-11-22T10:00:00.000Z',
}

async function barIn(language: 'en' | 'ru', told: Partial<VisitSnapshot>): Promise<string> {
  const i18n = i18next.createInstance()
  const resources = { en: { translation: en }, ru: { translation: ru } }
  await i18n.init({ lng: language, resources, interpolation: { escapeValue: false } })
  const notice = { monitor: 'AV', isRecorded: true }
  const snapshot = { notice, others: [], you: { party: 'VISITOR' }, ...told } as unknown
  const bar = createElement(CallBar, { snapshot: snapshot as VisitSnapshot, clock: CLOCK })
  return renderToStaticMarkup(createElement(I18nextProvider, { i18n }, bar))
}

describe('[RC-3] [OV-3] what those who meet are told of their recording', () => {
  it.each([
    ['en', en.notice],
    ['ru', ru.notice],
  ] as const)('is what is so: recorded, not now, or not at all (%s)', async (language, words) => {
    const recorded = await barIn(language, { isUnrecorded: false })
    expect(recorded).toContain(`>${words.shortRecorded}<`)
    expect(recorded).not.toContain(words.shortUnrecorded)
    const unrecorded = await barIn(language, { isUnrecorded: true })
    expect(unrecorded).toContain(`>${words.shortUnrecorded}<`)
    expect(unrecorded).not.toContain(`>${words.shortRecorded}<`)
    const notice = { monitor: 'AV', isRecorded: false } as const
    const never = await barIn(language, { notice, isUnrecorded: false })
    expect(never).not.toContain(`>${words.shortRecorded}<`)
    expect(never).not.toContain(words.shortUnrecorded)
  })
})
