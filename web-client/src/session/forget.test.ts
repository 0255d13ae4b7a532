import { expect, it } from 'vitest'
import { draftKey } from '../forms/draft.ts'
import { forgetDrafts } from './forget.ts'

function storeOf(keys: readonly string[]) {
  const kept = [...keys]
  const store = {
    get length() {
      return kept.length
    },
    key: (at: number) => kept[at] ?? null,
    removeItem: (key: string) => void kept.splice(kept.indexOf(key), 1),
  }
  return { store, kept }
}

it('signing out leaves nothing behind that somebody typed, and what is nobody’s secret stays', () => {
  const { store, kept } = storeOf([
    draftKey('book', 'a'),
    draftKey('registration', 'public'),
    'visavis.language',
    draftKey('people', 'a'),
  ])
  forgetDrafts(() => store)
  expect(kept).toEqual(['visavis.language'])
})

it('a browser that keeps nothing has nothing to forget', () => {
  expect(() =>
    forgetDrafts(() => {
      throw new DOMException('no', 'SecurityError')
    }),
  ).not.toThrow()
})
