import type { routes } from '@visavis/contract/http'
import type { z } from 'zod'

/** What somebody looks for, as the route takes it. */
export type RecordingSearch = z.output<typeof routes.searchRecordings.body>

/** More words than anybody types only narrow what is empty already. */
const MOST_WORDS = 8
const FILTERS = ['from', 'to', 'inmate', 'visitor', 'flag', 'outcome', 'text'] as const

/** The words of a search as ILIKE patterns, each to be found somewhere; empty: everything. */
export function partPatterns(typed: string | undefined): string[] {
  const words = (typed ?? '').normalize('NFC').split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  return words.map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
}

/** Which filters a search has; what they were set to names people and stays out of the log. */
export function filterNames(search: Partial<RecordingSearch>): string[] {
  return FILTERS.filter((name) => (search[name] ?? '') !== '')
}
