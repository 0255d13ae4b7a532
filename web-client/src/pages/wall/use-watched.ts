import type { WallFeed } from '@visavis/call'
import type { WallVisit } from '@visavis/contract/visit'
import { useCallback, useEffect, useRef, useState } from 'react'
import { NOTHING_SEEN, createSeenTiles } from './seen-tiles.ts'
import type { Seen, SeenTiles } from './seen-tiles.ts'
import { useHidden } from './use-hidden.ts'
import { planWatch } from './watch-plan.ts'

/** A tile counts as on screen when so much of it is seen. */
const SEEN_SHARE = 0.2

/** How a tile shows its people: moving, as stills, or not at all, being off the screen. */
export type TileMode = 'live' | 'still' | 'away'

type Watched = {
  readonly modeOf: (visitId: string) => TileMode
  /** A ref for each tile's element, so that its coming and going on screen is noticed. */
  readonly observeTile: (element: HTMLElement | null) => (() => void) | undefined
}

/** Tells the server what is on screen and what is chosen, and nothing else is sent (OV-4). */
export function useWatched(
  feed: WallFeed,
  tiles: readonly WallVisit[],
  focusVisitId: string | null,
): Watched {
  const isHidden = useHidden()
  const { seen, observeTile } = useSeenTiles()
  const plan = planWatch({ ...seen, tiles, focusVisitId, isHidden })
  // A string, so that the same plan is not sent again for each change of a tile's words.
  const wanted = JSON.stringify(plan)
  useEffect(() => feed.watch(JSON.parse(wanted) as typeof plan), [feed, wanted])
  const modeOf = (visitId: string): TileMode => {
    if (isHidden || !seen.onScreen.has(visitId)) return 'away'
    return plan.visitIds.includes(visitId) ? 'live' : 'still'
  }
  return { modeOf, observeTile }
}

type Watch = { readonly observer: IntersectionObserver; readonly tiles: SeenTiles }

function useSeenTiles(): { seen: Seen; observeTile: Watched['observeTile'] } {
  const [seen, setSeen] = useState(NOTHING_SEEN)
  const watch = useRef<Watch | null>(null)
  useEffect(
    () => () => {
      watch.current?.observer.disconnect()
      watch.current?.tiles.close()
      watch.current = null
    },
    [],
  )
  const observeTile = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined
    const { observer, tiles } = (watch.current ??= createWatch(setSeen))
    observer.observe(element)
    return () => {
      observer.unobserve(element)
      tiles.look(visitOf(element), false)
    }
  }, [])
  return { seen, observeTile }
}

function createWatch(onChange: (seen: Seen) => void): Watch {
  const tiles = createSeenTiles(onChange)
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) tiles.look(visitOf(target), isIntersecting)
    },
    { threshold: SEEN_SHARE },
  )
  return { observer, tiles }
}

function visitOf(element: Element): string {
  return element instanceof HTMLElement ? (element.dataset['visitId'] ?? '') : ''
}
