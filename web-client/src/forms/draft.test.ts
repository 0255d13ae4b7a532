import { describe, expect, it } from 'vitest'
import { draftKey, parseDraft } from './draft.ts'

const EMPTY = { name: '', day: null as string | null }

describe('kept answers', () => {
  it('come back over the empty ones, so that a question added later has its empty answer', () => {
    expect(parseDraft('{"name":"Anna"}', EMPTY)).toEqual({ name: 'Anna', day: null })
  })

  it('are forgotten where they cannot be read', () => {
    expect(parseDraft(null, EMPTY)).toBe(EMPTY)
    expect(parseDraft('{"name":', EMPTY)).toBe(EMPTY)
    expect(parseDraft('["Anna"]', EMPTY)).toBe(EMPTY)
    expect(parseDraft('null', EMPTY)).toBe(EMPTY)
  })

  it('are kept apart by person', () => {
    expect(draftKey('book', 'a')).not.toBe(draftKey('book', 'b'))
  })
})
