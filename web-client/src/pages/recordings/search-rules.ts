import { ANY_FLAG_CATEGORIES } from '@visavis/contract/flag-kinds'
import type { TagTone } from '@visavis/ui'
import type { Reply } from '../../api/api.ts'
import { isDate } from '../office/parts/office-time.ts'
import { OUTCOMES_LIST } from '../oversight/outcomes.ts'

export type RecordedVisit = Reply<'searchRecordings'>['items'][number]
export type KeptState = RecordedVisit['state']

/** What can be searched by, as the page's address holds it. */
export const FILTERS = ['from', 'to', 'inmate', 'visitor', 'flag', 'outcome', 'text'] as const
export type Filter = (typeof FILTERS)[number]
export type Filters = Readonly<Partial<Record<Filter, string>>>

/** What an address may hold of each; the rest was typed by hand and fits nothing. */
const FITS: Readonly<Record<Filter, (text: string) => boolean>> = {
  from: isDate,
  to: isDate,
  inmate: (text) => text.length <= 100,
  visitor: (text) => text.length <= 100,
  flag: (text) => ANY_FLAG_CATEGORIES.some((category) => category === text),
  outcome: (text) => OUTCOMES_LIST.some((outcome) => outcome === text),
  text: (text) => text.length <= 200,
}

/** The filters in an address; what is empty or unknown is left out. */
export function filtersIn(params: URLSearchParams): Filters {
  return fitting(Object.fromEntries(params))
}

/** What of some texts can be searched by. */
export function fitting(texts: Readonly<Record<string, string>>): Filters {
  return Object.fromEntries(
    FILTERS.flatMap((filter) => {
      const text = (texts[filter] ?? '').trim()
      return text !== '' && FITS[filter](text) ? [[filter, text]] : []
    }),
  )
}

/** Whether the first day comes after the last, so that nothing could be found. */
export function isTurned({ from, to }: Filters): boolean {
  return from !== undefined && to !== undefined && from > to
}

const STATE_TONE: Readonly<Record<KeptState, TagTone>> = {
  OPEN: 'action',
  BEING_MADE: 'action',
  WHOLE: 'good',
  WITH_GAPS: 'warn',
  FAILED: 'bad',
  DESTROYED: 'plain',
}

/** How a recording's state looks. */
export function toneOf(state: KeptState): TagTone {
  return STATE_TONE[state]
}

/** Whether there is anything to look at. */
export function canBePlayed(state: KeptState): boolean {
  return state === 'WHOLE' || state === 'WITH_GAPS'
}
