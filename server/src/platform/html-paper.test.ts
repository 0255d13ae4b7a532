import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { htmlPaper } from './html-paper.ts'

describe('a page that stands alone', () => {
  it('says the texts and never lets one of them be more than text', () => {
    const tags = (html: string) => html.match(/<[a-z!/][^>]*>/gi)?.length ?? 0
    const page = (text: string) =>
      htmlPaper({
        ...{ title: text, language: 'en', intro: [text] },
        parts: [
          {
            ...{ heading: text, intro: text, facts: [[text, text]], bullets: [text] },
            table: { columns: [text], rows: [[text]] },
          },
        ],
      })
    const plain = tags(page('plain'))
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('<script>x</script>', '"><img src=x>', "&'")),
        (text) => {
          expect(tags(page(text))).toBe(plain)
        },
      ),
    )
    expect(page('<b>')).toContain('&lt;b&gt;')
  })
})
