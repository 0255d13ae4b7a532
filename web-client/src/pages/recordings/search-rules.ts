import { ANY_FLAG_CATEGORIES } from '@visavis/contract/flag-kinds'
import type { TagTone } from '@visavis/ui'
import type { CallInput, Reply } from '../../api/api.ts'
import { isDate } from '../office/parts/office-time.ts'
import { OUTCOMES_LIST } from '../oversight/outcomes.ts'

export type RecordedVisit = Reply<'searchRecordings'>['items'][number]
export type KeptState = RecordedVisit['state']

/** What can be searched by, as the page’s history entry holds it. */
export const FILTERS = ['from', 'to', 'inmate', 'visitor', 'flag', 'outcome', 'text'] as const
export type Filter = (typeof FILTERS)[number]
export type Filters = Readonly<Pick<CallInput<'searchRecordings'>['body'], Filter>>
/** What was typed for each, whether it fits or not. */
export type Typed = { readonly [F in Filter]?: string | undefined }

/** The filters in what a history entry keeps, which may be anything. */
export function filtersIn(kept: unknown): Filters {
  const entries = Object.entries(kept ?? {})
  return fitting(Object.fromEntries(entries.filter((entry) => typeof entry[1] === 'string')))
}

/** What of some texts can be searched by; what is empty, too long or unknown is undefined. */
export function fitting(typed: Typed): Filters {
  const { from, to, inmate, visitor, flag, outcome, text } = typed
  return {
    from: day(from),
    to: day(to),
    inmate: words(inmate, 100),
    visitor: words(visitor, 100),
    flag: ANY_FLAG_CATEGORIES.find((category) => category === flag),
    outcome: OUTCOMES_LIST.find((each) => each === outcome),
    text: words(text, 200),
  }
}

const day = (typed = '') => (isDate(typed) ? typed : undefined)

function words(typed = '', most: number): string | undefined {
  const text = typed.trim()
  return text !== '' && text.length <= most ? text : undefined
}

/** Whether anything is searched by. */
export function isFiltered(filters: Filters): boolean {
  return Object.values(filters).some((value) => value !== undefined)
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
