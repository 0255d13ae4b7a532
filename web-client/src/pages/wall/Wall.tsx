import type { WallFeed } from '@visavis/call'
import { useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useHelpAlarm } from '../help/use-help-alarm.ts'
import { Announcer } from './Announcer.tsx'
import { FocusPanel } from './FocusPanel.tsx'
import { NoTiles } from './NoTiles.tsx'
import { Offers } from './Offers.tsx'
import { OtherVisits } from './OtherVisits.tsx'
import { TileGrid, focusTile } from './TileGrid.tsx'
import { WallBar } from './WallBar.tsx'
import { WallKeys } from './WallKeys.tsx'
import { WallTools } from './WallTools.tsx'
import { useWallView } from './use-wall-view.ts'
import type { WallView } from './use-wall-view.ts'
import { useWallKeys } from './use-wall-keys.ts'
import { useBusyHand } from './use-tile-order.ts'
import { NO_FILTER } from './wall-filter.ts'
import { nextUrgent } from './wall-order.ts'
import { seatToAdmit } from './wall-people.ts'
import type { OpenWall, WallFacility } from './wall-types.ts'

type WallProps = {
  readonly feed: WallFeed
  readonly state: OpenWall
  readonly facility: WallFacility
}

/** Tiles to the start, the chosen visit large to the end. */
export function Wall({ feed, state, facility }: WallProps) {
  const [isShowingKeys, setIsShowingKeys] = useState(false)
  const main = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const view = useWallView({ feed, state, isBusy: useBusyHand(main) })
  const { layout, change, focused } = view
  // Two screens on one desk sound once.
  const isSounding = view.screens.screen === 1 || !view.screens.hasOther
  const { visits } = state
  const calls = useMemo(
    () => (isSounding ? visits.flatMap(({ help }) => help) : []),
    [visits, isSounding],
  )
  useHelpAlarm(calls)
  const showKeys = () => setIsShowingKeys(true)
  const deeds = deedsOf({ feed, view })
  useWallKeys({ ...deeds, help: showKeys }, layout.hasKeys)
  return (
    <div className="vv-wall">
      <Announcer focused={focused} risen={risenOf(view)} />
      <WallBar state={state} tiles={view.all} facility={facility} />
      <WallTools
        {...{ layout, change, screens: view.screens }}
        visits={view.all}
        hiddenUrgent={view.hiddenUrgent}
        waiting={view.order.waiting.size}
        onForward={view.bringForward}
        onShowHidden={() => change({ filter: NO_FILTER })}
        onShowKeys={showKeys}
      />
      <Offers feed={feed} visits={state.visits} />
      <div className="vv-wall__body">
        <div ref={main} className="vv-wall__main">
          <Tiles {...{ feed, state, view, list }} />
          {view.screens.screen === 1 && <OtherVisits groups={view.groups} facility={facility} />}
        </div>
        <FocusPanel feed={feed} state={state} visit={focused} onClose={deeds.close} />
      </div>
      {isShowingKeys && (
        <WallKeys
          hasKeys={layout.hasKeys}
          onChange={(hasKeys) => change({ hasKeys })}
          onClose={() => setIsShowingKeys(false)}
        />
      )}
    </div>
  )
}

type Parts = {
  readonly feed: WallFeed
  readonly view: WallView
  readonly list: RefObject<HTMLUListElement | null>
}

function Tiles({ feed, state, view, list }: Parts & { readonly state: OpenWall }) {
  if (view.tiles.length === 0) return <NoTiles isFiltered={view.all.length > 0} />
  return (
    <TileGrid
      {...{ feed, state, list }}
      tiles={view.tiles}
      size={view.layout.tileSize}
      focusVisitId={view.focused?.visitId ?? null}
      moved={view.order.moved}
      mine={view.mine}
      modeOf={view.modeOf}
      onFocus={view.choose}
      observeTile={view.observeTile}
    />
  )
}

function risenOf({ tiles, order }: WallView) {
  return tiles.filter(({ visitId }) => order.moved.has(visitId))
}

/** What the single keys do, and some of it buttons, too. */
function deedsOf({ feed, view }: Omit<Parts, 'list'>) {
  const { focused, choose } = view
  return {
    forward: view.bringForward,
    search: () => document.querySelector<HTMLElement>('.vv-tool--search')?.focus(),
    close: () => {
      choose(null)
      if (focused) focusTile(focused.visitId)
    },
    next: () => {
      const visitId = nextUrgent(view.all, focused?.visitId ?? null)
      if (visitId === null) return
      choose(visitId)
      focusTile(visitId)
    },
    admit: () => {
      const seatId = focused ? seatToAdmit(focused) : null
      if (focused && seatId !== null) void feed.admitSeat(focused.visitId, seatId)
    },
  }
}
