import type { WallFeed } from '@visavis/call'
import type { WallVisit } from '@visavis/contract/visit'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { visitsToWatch } from './wall-order.ts'

/** A tile counts as on screen when so much of it is seen. */
const SEEN_SHARE = 0.2

type Watched = {
  readonly focusVisitId: string | null
  readonly setFocus: (visitId: string | null) => void
  /** A ref for each tile's element, so that its coming and going on screen is noticed. */
  readonly observeTile: (element: HTMLElement | null) => (() => void) | undefined
}

/** Tells the server which tiles are on screen and which one is focused, and nothing else is sent (OV-4). */
export function useWatched(feed: WallFeed, tiles: readonly WallVisit[]): Watched {
  const [focusVisitId, setFocus] = useState<string | null>(null)
  const [onScreen, setOnScreen] = useState<ReadonlySet<string>>(new Set())
  const observer = useMemo(() => createObserver(setOnScreen), [])
  useEffect(() => () => observer.disconnect(), [observer])

  const observeTile = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined
      observer.observe(element)
      return () => observer.unobserve(element)
    },
    [observer],
  )

  // A string, so that a mere tick of a clock does not send the same list again.
  const wanted = visitsToWatch(tiles, onScreen, focusVisitId).join(' ')
  useEffect(() => {
    feed.watch(wanted === '' ? [] : wanted.split(' '), focusVisitId)
  }, [feed, wanted, focusVisitId])
  return { focusVisitId, setFocus, observeTile }
}

type SetSeen = (change: (seen: ReadonlySet<string>) => ReadonlySet<string>) => void

function createObserver(setSeen: SetSeen): IntersectionObserver {
  return new IntersectionObserver(
    (entries) =>
      setSeen((seen) => {
        const next = new Set(seen)
        for (const { target, isIntersecting } of entries) {
          const visitId = target instanceof HTMLElement ? target.dataset['visitId'] : undefined
          if (visitId === undefined) continue
          if (isIntersecting) next.add(visitId)
          else next.delete(visitId)
        }
        return next
      }),
    { threshold: SEEN_SHARE },
  )
}
