import type { WallFeed } from '@visavis/call'
import type { WallVisit } from '@visavis/contract/visit'
import { useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Tile } from './Tile.tsx'
import { columnsOf, nextIndex } from './grid-keys.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import type { TileMode } from './use-watched.ts'
import type { TileSize } from './wall-layout.ts'
import type { OpenWall } from './wall-types.ts'

type TileGridProps = {
  readonly feed: WallFeed
  readonly state: OpenWall
  readonly tiles: readonly WallVisit[]
  readonly size: TileSize
  readonly focusVisitId: string | null
  readonly moved: ReadonlySet<string>
  readonly mine: ReadonlySet<string>
  readonly modeOf: (visitId: string) => TileMode
  readonly onFocus: (visitId: string) => void
  readonly observeTile: (element: HTMLElement | null) => (() => void) | undefined
  readonly list: RefObject<HTMLUListElement | null>
}

/** The wall's tiles: one stop of the Tab key, arrows between them. */
export function TileGrid(props: TileGridProps) {
  const { feed, state, tiles, focusVisitId, list } = props
  const { t } = useTranslation()
  const { currentIndex, setCurrentId, onKeyDown, ...focus } = useGridKeys(props)
  return (
    <ul
      ref={list}
      className="vv-wall__grid"
      data-size={props.size}
      aria-label={t('wall.grid')}
      onKeyDown={onKeyDown}
      {...focus}
    >
      {tiles.map((visit, index) => (
        <li key={visit.visitId} ref={props.observeTile} data-visit-id={visit.visitId}>
          <Tile
            feed={feed}
            visit={visit}
            streams={state.streams}
            mode={props.modeOf(visit.visitId)}
            isRefused={state.refused.has(visit.visitId)}
            isFocused={visit.visitId === focusVisitId}
            isTabStop={index === currentIndex}
            hasMoved={props.moved.has(visit.visitId)}
            isMine={props.mine.has(visit.visitId)}
            onEnter={setCurrentId}
            onPress={props.onFocus}
          />
        </li>
      ))}
    </ul>
  )
}

/** The arrows of the grid, which lead from tile to tile as they are seen. */
function useGridKeys({ tiles, list }: TileGridProps) {
  const [currentId, setCurrentId] = useState<string | null>(null)
  const foundIndex = tiles.findIndex(({ visitId }) => visitId === currentId)
  const currentIndex = Math.max(0, foundIndex)
  const focus = useKeptFocus(list, { tiles, currentId })
  const onKeyDown = (event: KeyboardEvent) => {
    const columns = columnsOf(list.current)
    const next = nextIndex(event.key, { index: currentIndex, count: tiles.length, columns })
    if (next === null) return
    event.preventDefault()
    list.current?.querySelectorAll<HTMLElement>(TILE)[next]?.focus()
  }
  return { currentIndex, setCurrentId, onKeyDown, ...focus }
}

const TILE = '.vv-tile'

/** Puts the keyboard on a visit's tile, if there is one. */
export function focusTile(visitId: string): void {
  document.querySelector<HTMLElement>(`[data-visit-id="${visitId}"] ${TILE}`)?.focus()
}
