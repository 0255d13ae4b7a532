import type { WallVisit } from '@visavis/contract/visit'
import { NO_FILTER } from './wall-filter.ts'
import type { WallFilter } from './wall-filter.ts'

/** How large the tiles are. */
export const TILE_SIZES = ['small', 'medium', 'large'] as const
export type TileSize = (typeof TILE_SIZES)[number]

/** How an officer has set up the wall; kept by their browser. */
export type WallLayout = {
  readonly tileSize: TileSize
  readonly filter: WallFilter
  readonly focusVisitId: string | null
  /** Single keys do something (WCAG 2.1.4: they can be turned off). */
  readonly hasKeys: boolean
}

/** How a wall is before anybody has set it up. */
export const FIRST_LAYOUT: WallLayout = {
  tileSize: 'medium',
  filter: NO_FILTER,
  focusVisitId: null,
  hasKeys: true,
}

/** Each officer's each screen has a layout of its own. */
export type LayoutOwner = { readonly accountId: string; readonly screen: number }

const keyOf = ({ accountId, screen }: LayoutOwner): string => `visavis:wall:${accountId}:${screen}`

/** What the officer has kept, or the first layout. Private browsing may refuse the store. */
export function loadLayout(owner: LayoutOwner): WallLayout {
  try {
    return parseLayout(localStorage.getItem(keyOf(owner)))
  } catch {
    return FIRST_LAYOUT
  }
}

/** Keeps it for the next time, where the browser lets us. */
export function keepLayout(owner: LayoutOwner, layout: WallLayout): void {
  try {
    // What somebody looked for is often a name, which is not to be left behind in a browser.
    const filter = { ...layout.filter, search: '' }
    localStorage.setItem(keyOf(owner), JSON.stringify({ ...layout, filter }))
  } catch {
    // The layout then holds until the page is closed.
  }
}

/** Reads a kept layout; whatever in it makes no sense is as it is at first. Pure. */
export function parseLayout(text: string | null): WallLayout {
  const kept = recordOf(text)
  const filter = recordOfValue(kept['filter'])
  return {
    tileSize: TILE_SIZES.find((size) => size === kept['tileSize']) ?? FIRST_LAYOUT.tileSize,
    filter: {
      wing: textOf(filter['wing']),
      language: textOf(filter['language']),
      visitClass: CLASSES.find((each) => each === filter['visitClass']) ?? null,
      onlyUrgent: filter['onlyUrgent'] === true,
      search: '',
    },
    focusVisitId: textOf(kept['focusVisitId']),
    hasKeys: kept['hasKeys'] !== false,
  }
}

const CLASSES: readonly WallVisit['visitClass'][] = ['social', 'official', 'privileged']

function recordOf(text: string | null): Readonly<Record<string, unknown>> {
  try {
    return recordOfValue(text === null ? null : JSON.parse(text))
  } catch {
    return {}
  }
}

function recordOfValue(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
