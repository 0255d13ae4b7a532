import { MAX_INTERVENTION_TEXT } from '@visavis/contract/interventions'
import { READY_TEXT_LANGUAGES } from '@visavis/contract/http'
import { expect, test } from 'vitest'
import { MAX_TEXT, TEXT_LANGUAGES, faultsOf } from './ready-text-form.ts'

test('[OV-5] a text is there in each language of the pages, and short', () => {
  expect(TEXT_LANGUAGES).toEqual(READY_TEXT_LANGUAGES)
  expect(MAX_TEXT).toBe(MAX_INTERVENTION_TEXT)
  expect(faultsOf({ en: 'Sit down.', ru: 'Сядьте.' })).toEqual([])
  expect(faultsOf({ en: '', ru: 'ж'.repeat(MAX_TEXT + 1) })).toEqual([
    { language: 'en', fault: 'missing' },
    { language: 'ru', fault: 'tooLong' },
  ])
})
