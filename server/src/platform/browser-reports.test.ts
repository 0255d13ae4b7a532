import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { violationsOf } from './browser-reports.ts'

const OWN = 'https://visits.example.org'
const report = (blockedURL: string, effectiveDirective = 'script-src-elem') => ({
  type: 'csp-violation',
  url: `${OWN}/visits/some`,
  body: { effectiveDirective, blockedURL, disposition: 'enforce', sample: 'Jane Doe' },
})

describe('a report of a browser', () => {
  it.each([
    ['inline', 'inline'],
    ['trusted-types-sink', 'inline'],
    ['eval', 'eval'],
    [`${OWN}/assets/a.js`, 'own'],
    ['https://visits.example.org.evil.example/a.js', 'other'],
    ['chrome-extension://abc/a.js', 'extension'],
  ])('of %s comes from %s', (blocked, source) => {
    expect(violationsOf([report(blocked)], OWN)).toEqual([{ directive: 'script-src-elem', source }])
  })

  it('gives nothing of the page away, whatever it says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.string(), (any, blocked, directive) => {
        const found = violationsOf([any, report(blocked, directive)], OWN)
        for (const each of found) {
          expect(Object.keys(each)).toEqual(['directive', 'source'])
          expect(each.directive).toMatch(/^[a-z-]{1,40}$/)
        }
      }),
    )
  })

  it('is one of at most twenty', () => {
    const many = Array.from({ length: 100 }, () => report('inline'))
    expect(violationsOf(many, OWN)).toHaveLength(20)
    expect(violationsOf('no list', OWN)).toEqual([])
  })
})
