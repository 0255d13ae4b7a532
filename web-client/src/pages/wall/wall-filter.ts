import type { WallVisit } from '@visavis/contract/visit'
import { languagesOf } from './wall-languages.ts'

/** What the officer wants to see of all tiles; null: whatever it is. */
export type WallFilter = {
  readonly wing: string | null
  /** Without region; `sgn`: somebody signs. */
  readonly language: string | null
  readonly visitClass: WallVisit['visitClass'] | null
  readonly onlyUrgent: boolean
  /** Words of a terminal's or a person's name. */
  readonly search: string
}

/** Everything is seen. */
export const NO_FILTER: WallFilter = {
  wing: null,
  language: null,
  visitClass: null,
  onlyUrgent: false,
  search: '',
}

/** What is seen, and what is not seen and yet wants attention (OV-4). */
export type Filtered = {
  readonly shown: readonly WallVisit[]
  readonly hiddenUrgent: readonly WallVisit[]
}

/** Lets through what fits the filter, and the chosen visit whether it fits or not. Pure. */
export function filterTiles(
  tiles: readonly WallVisit[],
  filter: WallFilter,
  chosenId: string | null,
): Filtered {
  const isShown = (visit: WallVisit): boolean => visit.visitId === chosenId || fits(visit, filter)
  return {
    shown: tiles.filter(isShown),
    hiddenUrgent: tiles.filter((visit) => !isShown(visit) && visit.attention !== null),
  }
}

/** Whether anything at all is filtered out by it. */
export function isFiltering({ search, ...filter }: WallFilter): boolean {
  return (
    search.trim() !== '' || Object.values(filter).some((value) => value !== null && value !== false)
  )
}

/** What the visits can be told apart by, each in order. */
export function choicesOf(visits: readonly WallVisit[]) {
  const sorted = <Value extends string>(values: readonly Value[]): Value[] =>
    [...new Set(values)].toSorted((a, b) => a.localeCompare(b))
  return {
    wings: sorted(visits.map(({ terminal }) => terminal.wing)),
    languages: sorted(visits.flatMap(languagesOf)),
    classes: sorted(visits.map(({ visitClass }) => visitClass)),
  }
}

function fits(visit: WallVisit, filter: WallFilter): boolean {
  const { wing, language, visitClass, onlyUrgent, search } = filter
  return (
    (wing === null || visit.terminal.wing === wing) &&
    (language === null || languagesOf(visit).includes(language)) &&
    (visitClass === null || visit.visitClass === visitClass) &&
    (!onlyUrgent || visit.attention !== null) &&
    isFound(visit, search)
  )
}

/** Whether every word of the search begins some word of the terminal or of a name. */
function isFound({ terminal, seats }: WallVisit, search: string): boolean {
  const words = wordsOf(search)
  if (words.length === 0) return true
  const text = wordsOf([terminal.name, ...seats.map(({ name }) => name)].join(' '))
  return words.every((word) => text.some((each) => each.startsWith(word)))
}

/** Lower case and without accents: who types in a hurry types neither. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{Diacritic}/gu, '')
  return plain
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
}
