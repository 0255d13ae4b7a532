import { expect, it } from 'vitest'
import { GAP_CAUSES } from '@visavis/contract/recording-manifest'
import { EXPORT_WORDS_RU } from '../../../server/src/modules/exports/export-words-ru.ts'
import { EXPORT_WORDS_EN } from '../../../server/src/modules/exports/export-words.ts'
import en from '../../../web-client/src/locales/recordings/en.json' with { type: 'json' }
import ru from '../../../web-client/src/locales/recordings/ru.json' with { type: 'json' }
import { RECORDING_WORDS } from './words.mjs'

it('[RC-3] page, paper and verifier say the same words of a gap', () => {
  for (const [paper, page, verifier] of [
    [EXPORT_WORDS_EN, en, RECORDING_WORDS.en],
    [EXPORT_WORDS_RU, ru, RECORDING_WORDS.ru],
  ]) {
    expect(Object.keys(paper.causes).toSorted()).toEqual(GAP_CAUSES.toSorted())
    expect(page.player.gapCause).toEqual(paper.causes)
    expect(verifier.causes).toEqual(paper.causes)
  }
})
