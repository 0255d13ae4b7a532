import type { WallFeed } from '@visavis/call'
import type { WallVisit } from '@visavis/contract/visit'
import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Tile } from './Tile.tsx'
import { columnsOf, nextIndex } from './grid-keys.ts'
import { seatToAdmit } from './wall-people.ts'
import type { OpenWall } from './wall-types.ts'

type TileGridProps = {
  readonly feed: WallFeed
  readonly state: OpenWall
  readonly tiles: readonly WallVisit[]
  readonly focusVisitId: string | null
  readonly onFocus: (visitId: string | null) => void
  readonly observeTile: (element: HTMLElement | null) => (() => void) | undefined
}

/** The wall's tiles: one stop of the Tab key, arrows between them. */
export function TileGrid(props: TileGridProps) {
  const { state, tiles, focusVisitId, onFocus, observeTile } = props
  const { t } = useTranslation()
  const { list, currentIndex, setCurrentId, onKeyDown } = useGridKeys(props)
  if (tiles.length === 0) return <NoTiles />
  return (
    <>
      <ul ref={list} className="vv-wall__grid" aria-label={t('wall.grid')} onKeyDown={onKeyDown}>
        {tiles.map((visit, index) => (
          <li key={visit.visitId} ref={observeTile} data-visit-id={visit.visitId}>
            <Tile
              visit={visit}
              state={state}
              isFocused={visit.visitId === focusVisitId}
              isTabStop={index === currentIndex}
              onEnter={() => setCurrentId(visit.visitId)}
              onPress={() => onFocus(visit.visitId)}
            />
          </li>
        ))}
      </ul>
      <p className="vv-soft vv-small vv-wall__keys">{t('wall.keys')}</p>
    </>
  )
}

/**
 * Keys of the grid. Single letters work only while a tile has the focus, so that they get in nobody's
 * way (WCAG 2.1.4), and a person is admitted only in the visit that is seen large.
 */
function useGridKeys({ feed, tiles, focusVisitId, onFocus }: TileGridProps) {
  const list = useRef<HTMLUListElement>(null)
  const [currentId, setCurrentId] = useState<string | null>(null)
  const foundIndex = tiles.findIndex(({ visitId }) => visitId === currentId)
  const currentIndex = Math.max(0, foundIndex)

  const admit = () => {
    const focused = tiles.find(({ visitId }) => visitId === focusVisitId)
    const seatId = focused ? seatToAdmit(focused) : null
    if (focused && seatId !== null) void feed.admitSeat(focused.visitId, seatId)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const columns = columnsOf(list.current)
    const next = nextIndex(event.key, { index: currentIndex, count: tiles.length, columns })
    if (next !== null) {
      event.preventDefault()
      list.current?.querySelectorAll('button')[next]?.focus()
    } else if (event.key === 'Escape') onFocus(null)
    else if (isPlainKey(event, 'KeyA')) admit()
  }
  return { list, currentIndex, setCurrentId, onKeyDown }
}

/** The key by its place on the board, so that it works under a Russian layout too. */
function isPlainKey(event: KeyboardEvent, code: string): boolean {
  return event.code === code && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat
}

function NoTiles() {
  const { t } = useTranslation()
  return (
    <div className="vv-wall__empty">
      <h2>{t('wall.emptyTitle')}</h2>
      <p className="vv-soft">{t('wall.emptyBody')}</p>
    </div>
  )
}
