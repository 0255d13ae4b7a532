/** What a search of entries asks for, as it stands in the page's address. */
export const FILTER_NAMES = ['actor', 'action', 'object', 'visit', 'outcome', 'from', 'to'] as const
export type FilterName = (typeof FILTER_NAMES)[number]

/** A search; what is not asked for is missing. */
export type EntryFilter = Partial<Record<FilterName, string>>

/** The search in a page's address; days are whole days in UTC, the last one with it. */
export function filterOf(search: URLSearchParams): EntryFilter {
  const given = FILTER_NAMES.flatMap((name) => {
    const value = search.get(name)?.trim() ?? ''
    return value === '' ? [] : [[name, value] as const]
  })
  const { from, to, ...filter } = Object.fromEntries(given) as EntryFilter
  const [first, last] = [instantOf(from, 0), instantOf(to, 1)]
  return { ...filter, ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) }
}

/** The address of a search. */
export function searchOf(form: FormData): string {
  const given = FILTER_NAMES.flatMap((name) => {
    const value = form.get(name)
    return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : []
  })
  return new URLSearchParams(given).toString()
}

const DAY_MS = 86_400_000

function instantOf(day: string | undefined, daysLater: number): string | null {
  const time = Date.parse(`${day ?? ''}T00:00:00.000Z`)
  return Number.isNaN(time) ? null : new Date(time + daysLater * DAY_MS).toISOString()
}
