import { PREFLIGHT_PROBLEMS } from '@visavis/contract/preflight-rules'
import { TIMELINE_KINDS } from '@visavis/contract/timeline'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import preflightEn from '../locales/preflight/en.json' with { type: 'json' }
import preflightRu from '../locales/preflight/ru.json' with { type: 'json' }
import timelineEn from '../locales/timeline/en.json' with { type: 'json' }
import timelineRu from '../locales/timeline/ru.json' with { type: 'json' }
import { timelineWords } from './timeline-words.ts'

const catalogues = {
  en: { translation: { ...timelineEn, ...preflightEn } },
  ru: { translation: { ...timelineRu, ...preflightRu } },
}
const wordsIn = async (lng: string) => {
  const words = createInstance()
  await words.init({ lng, resources: catalogues })
  return words.t
}

test.each(['en', 'ru'])(
  'every note has words in %s, and no two kinds the same',
  async (language) => {
    const t = await wordsIn(language)
    const words = TIMELINE_KINDS.map((kind) => timelineWords(t, { kind, detail: {} }))
    for (const [what = ''] of words) expect(what).toMatch(/^[^._]+$/)
    expect(new Set(words.flat()).size).toBe(TIMELINE_KINDS.length)
  },
)

test.each(['en', 'ru'])(
  '[LV-10] a test tells its light and its problem in words in %s',
  async (language) => {
    const t = await wordsIn(language)
    for (const code of PREFLIGHT_PROBLEMS) {
      const lines = timelineWords(t, { kind: 'PREFLIGHT', detail: { light: 'RED', code } })
      expect(lines).toHaveLength(3)
      for (const line of lines) expect(line).not.toMatch(/[A-Z]{2}|preflight\./)
    }
  },
)

test('[LV-10] a test without a problem, and one of a newer server, tell what is known', async () => {
  const t = await wordsIn('en')
  const green = { light: 'GREEN', code: null, device: 'PHONE' }
  expect(timelineWords(t, { kind: 'PREFLIGHT', detail: green })).toEqual([
    'Device and connection were tested',
    'Device works',
  ])
  const newer = { light: 'BLUE', code: 'NEVER_HEARD_OF' }
  expect(timelineWords(t, { kind: 'PREFLIGHT', detail: newer })).toHaveLength(1)
})
