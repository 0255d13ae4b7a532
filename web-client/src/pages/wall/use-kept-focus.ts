import { useLayoutEffect, useRef } from 'react'
import type { FocusEvent, RefObject } from 'react'

type Kept = {
  readonly tiles: readonly { readonly visitId: string }[]
  /** The tile that has, or last had, the keyboard. */
  readonly currentId: string | null
}

/**
 * A browser takes the focus from an element that is moved in the page, and an officer at the keyboard would
 * be thrown to its top whenever tiles change places: it is given back to the tile, or to its neighbour
 * where that visit has left the wall.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, { tiles, currentId }: Kept) {
  const hasFocus = useRef(false)
  const lastIndex = useRef(0)
  useLayoutEffect(() => {
    const index = tiles.findIndex(({ visitId }) => visitId === currentId)
    if (index >= 0) lastIndex.current = index
    if (!hasFocus.current || document.activeElement !== document.body) return
    const all = list.current?.querySelectorAll<HTMLElement>('.vv-tile') ?? []
    const tile = all[Math.min(lastIndex.current, all.length - 1)]
    if (tile) tile.focus({ preventScroll: true })
    else document.querySelector<HTMLElement>('main')?.focus()
  }, [list, tiles, currentId])
  return {
    onFocus: () => {
      hasFocus.current = true
    },
    onBlur: ({ relatedTarget }: FocusEvent) => {
      // The browser's own blur comes in the middle of a move; by the next turn it is given back already.
      setTimeout(() => {
        const active = document.activeElement
        hasFocus.current = list.current?.contains(active) ?? false
      })
      if (relatedTarget !== null) hasFocus.current = false
    },
  }
}
