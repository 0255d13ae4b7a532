import type { WallVisit } from '@visavis/contract/visit'
import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import { NO_ORDER, newFirst, nextOrder } from './tile-order.ts'
import type { TileOrder } from './tile-order.ts'
import { wantedTiles } from './wall-order.ts'

/** A hand that rests for so long has let go of the tiles. */
const REST_MS = 4_000
const ACTS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchmove'] as const

export type Ordered = {
  readonly tiles: readonly WallVisit[]
  readonly order: TileOrder
  /** Brings forward what waits for it. */
  readonly bringForward: () => void
}

export type OrderOptions = {
  readonly chosenId: string | null
  readonly isBusy: boolean
  /** Another one: the officer has asked for other tiles, and they may stand anew. */
  readonly reason: string
}

/** The tiles where they stand now; `wished` is in the order of need. */
export function useTileOrder(
  wished: readonly WallVisit[],
  { chosenId, isBusy, reason }: OrderOptions,
): Ordered {
  const [kept, setKept] = useState({ order: NO_ORDER, reason })
  const wanted = wantedTiles(wished)
  const before = kept.reason === reason ? kept.order : NO_ORDER
  const order = nextOrder(before, wanted, { chosenId, isBusy })
  // During the rendering, so that no tile is ever drawn in a place it has left.
  if (order !== kept.order) setKept({ order, reason })
  const byId = new Map(wished.map((visit) => [visit.visitId as string, visit]))
  return {
    tiles: order.visitIds.flatMap((visitId) => byId.get(visitId) ?? []),
    order,
    bringForward: () => setKept({ order: newFirst(order, wanted, chosenId), reason }),
  }
}

/** Whether the officer points, types or scrolls within an element now, or did a moment ago. */
export function useBusyHand(area: RefObject<HTMLElement | null>): boolean {
  const [isBusy, setIsBusy] = useState(false)
  useEffect(() => {
    const element = area.current
    if (!element) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const onAct = () => {
      setIsBusy(true)
      clearTimeout(timer)
      timer = setTimeout(() => setIsBusy(false), REST_MS)
    }
    for (const act of ACTS) element.addEventListener(act, onAct, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const act of ACTS) element.removeEventListener(act, onAct)
    }
  }, [area])
  return isBusy
}
