import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_INTERVENTION_TEXT } from '@visavis/contract/interventions'
import { READY_TEXT_LANGUAGES } from '@visavis/contract/http'
import { OUR_TEXTS } from './our-texts.ts'
import { textsInForce } from './ready-text-rules.ts'
import type { ReadyTextRow } from './ready-text-rules.ts'

const rowsOf = (ids: readonly string[]) =>
  fc.uniqueArray(
    fc.record<ReadyTextRow>({
      readyTextId: fc.constantFrom(...ids),
      kind: fc.constantFrom('WARN' as const, 'TERMINATE' as const),
      texts: fc.constant({ en: 'Changed', ru: 'Изменено' }),
      version: fc.nat(5),
      isRetired: fc.boolean(),
    }),
    { selector: ({ readyTextId }) => readyTextId },
  )

describe('textsInForce', () => {
  it('[OV-5] is what the facility has said of a text, and ours where it has said nothing', () => {
    const ids = [...OUR_TEXTS.map(({ readyTextId }) => readyTextId), 'own-1', 'own-2']
    fc.assert(
      fc.property(rowsOf(ids), (rows) => {
        const inForce = textsInForce(OUR_TEXTS, rows)
        const said = new Map(rows.map((row) => [row.readyTextId, row]))
        const expected = ids.filter((id) =>
          said.has(id) ? !said.get(id)?.isRetired : !id.startsWith('own'),
        )
        expect(inForce.map(({ readyTextId }) => readyTextId).toSorted()).toEqual(
          expected.toSorted(),
        )
        for (const text of inForce) {
          const row = said.get(text.readyTextId)
          expect(text.isOurs).toBe(!row)
          expect(text.texts).toEqual(row?.texts ?? text.texts)
        }
      }),
    )
  })

  it('[OV-5] ours are in every language of the pages, short enough, and never the same twice', () => {
    for (const { texts } of OUR_TEXTS) {
      expect(Object.keys(texts)).toEqual([...READY_TEXT_LANGUAGES])
      for (const text of Object.values(texts)) {
        expect(text.length).toBeLessThanOrEqual(MAX_INTERVENTION_TEXT)
      }
    }
    expect(new Set(OUR_TEXTS.map(({ readyTextId }) => readyTextId)).size).toBe(OUR_TEXTS.length)
  })
})
