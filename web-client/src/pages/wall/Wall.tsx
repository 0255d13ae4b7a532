import type { WallFeed } from '@visavis/call'
import { useMemo } from 'react'
import { useHelpAlarm } from '../help/use-help-alarm.ts'
import { FocusPanel } from './FocusPanel.tsx'
import { OtherVisits } from './OtherVisits.tsx'
import { TileGrid } from './TileGrid.tsx'
import { WallBar } from './WallBar.tsx'
import { useWatched } from './use-watched.ts'
import { arrangeWall } from './wall-order.ts'
import type { OpenWall, WallFacility } from './wall-types.ts'

type WallProps = {
  readonly feed: WallFeed
  readonly state: OpenWall
  readonly facility: WallFacility
}

/** Tiles to the start, the chosen visit large to the end. */
export function Wall({ feed, state, facility }: WallProps) {
  const groups = useMemo(() => arrangeWall(state.visits), [state.visits])
  useHelpAlarm(useMemo(() => state.visits.flatMap(({ help }) => help), [state.visits]))
  const { focusVisitId, setFocus, observeTile } = useWatched(feed, groups.tiles)
  const focused = groups.tiles.find(({ visitId }) => visitId === focusVisitId) ?? null
  return (
    <div className="vv-wall">
      <WallBar state={state} tiles={groups.tiles} facility={facility} />
      <div className="vv-wall__body">
        <div className="vv-wall__main">
          <TileGrid
            feed={feed}
            state={state}
            tiles={groups.tiles}
            focusVisitId={focused?.visitId ?? null}
            onFocus={setFocus}
            observeTile={observeTile}
          />
          <OtherVisits groups={groups} facility={facility} />
        </div>
        <FocusPanel feed={feed} state={state} visit={focused} onClose={() => setFocus(null)} />
      </div>
    </div>
  )
}
