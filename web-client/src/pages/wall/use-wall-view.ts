import type { WallFeed } from '@visavis/call'
import { useStore } from '@visavis/ui'
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useMe } from '../../session/session.ts'
import { withHandovers } from './handover-view.ts'
import { useLayout } from './use-layout.ts'
import { useOfficerLanguages } from './use-officer-languages.ts'
import { useScreens } from './use-screens.ts'
import { useTileOrder } from './use-tile-order.ts'
import { useWatched } from './use-watched.ts'
import { filterTiles } from './wall-filter.ts'
import { visitsFor } from './wall-languages.ts'
import { arrangeWall } from './wall-order.ts'
import type { OpenWall } from './wall-types.ts'

type Given = {
  readonly feed: WallFeed
  readonly state: OpenWall
  /** The officer's hand is among the tiles. */
  readonly isBusy: boolean
}

/** What this screen of the wall shows, and where. */
export type WallView = ReturnType<typeof useWallView>

export function useWallView({ feed, state, isBusy }: Given) {
  const { accountId } = useMe()
  const [search] = useSearchParams()
  const screen = search.get('screen') === '2' ? 2 : 1
  const { layout, change } = useLayout({ accountId, screen })
  const { filter, focusVisitId } = layout
  const languages = useOfficerLanguages()
  const handovers = useStore(feed.handovers)
  const visits = useMemo(() => withHandovers(state.visits, handovers), [state.visits, handovers])
  const mine = useMemo(() => visitsFor(visits, languages), [visits, languages])
  const groups = useMemo(() => arrangeWall(visits, mine), [visits, mine])
  const letGo = () => change({ focusVisitId: null })
  const screens = useScreens({ accountId, screen, tiles: groups.tiles, onOtherChose: letGo })
  const focused = screens.tiles.find(({ visitId }) => visitId === focusVisitId) ?? null
  const chosenId = focused?.visitId ?? null
  const { shown, hiddenUrgent } = useMemo(
    () => filterTiles(screens.tiles, filter, chosenId),
    [screens.tiles, filter, chosenId],
  )
  const ordered = useTileOrder(shown, { chosenId, isBusy, reason: JSON.stringify(filter) })
  const { tellChosen } = screens
  // The same function each time: else every tile would be drawn anew with each change of any of them.
  const choose = useCallback(
    (visitId: string | null) => {
      change({ focusVisitId: visitId })
      if (visitId === null) return
      feed.lookedAt(visitId)
      tellChosen()
    },
    [feed, change, tellChosen],
  )
  return {
    ...{ layout, change, screens, groups, mine, focused, choose, hiddenUrgent },
    ...ordered,
    ...useWatched(feed, ordered.tiles, chosenId),
    /** Filtered out or not. */
    all: screens.tiles,
  }
}
