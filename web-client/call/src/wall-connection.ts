import type { VisitClock, WallVisit } from '@visavis/contract/visit'
import type { WALL_NAMESPACE } from '@visavis/contract/wall-socket'
import type { OwnedKeyedStore } from './keyed-store.ts'
import { isPassing, isSignallingError } from './passing-refusals.ts'
import { createReruns } from './reruns.ts'
import type { RunResult } from './reruns.ts'
import type { WallSignalling } from './router-reception.ts'
import { connectSignalling } from './signalling.ts'
import { createWallLevels } from './wall-levels.ts'
import { createWallMedia } from './wall-media.ts'
import type { WallMedia } from './wall-media.ts'
import type { WallHappening } from './wall-state.ts'
import { createWatchList } from './watch-list.ts'
import type { WatchList } from './watch-list.ts'

/** Held against the contract by its type, since the contract's module would bring zod into the page. */
const NAMESPACE: typeof WALL_NAMESPACE = '/wall'

/** One opening of a wall, kept up through losses until it is closed. */
export type WallConnection = {
  readonly signalling: WallSignalling
  readonly watchList: WatchList
  readonly close: () => void
}

export type WallConnectionOptions = {
  readonly facilityId: string
  readonly origin: string | undefined
  /** Told everything that happens, until the close. */
  readonly tell: (happening: WallHappening) => void
  /** What changes by the second and passes by the wall's state. */
  readonly pulse: WallPulse
}

/** The visits' clocks by visit, and loudness (0 to 1) by seat. */
export type WallPulse = {
  readonly clocks: OwnedKeyedStore<VisitClock>
  readonly levels: OwnedKeyedStore<number>
}

/** Connects and opens the wall of a facility, and opens it again after each loss of the link. */
export function openWallConnection(options: WallConnectionOptions): WallConnection {
  let isClosed = false
  const tell = (happening: WallHappening): void => {
    if (!isClosed) options.tell(happening)
  }
  const signalling: WallSignalling = connectSignalling({
    origin: options.origin,
    namespace: NAMESPACE,
    listeners: {
      onConnected: () => reruns.ask(),
      onLost: () => tell({ what: 'linkLost' }),
      onRefused: (code) => tell({ what: 'refused', code }),
    },
  })
  const media = createWallMedia({
    signalling,
    onStreams: (streams) => tell({ what: 'streamsMoved', streams }),
  })
  const watchList = createWatchList({
    signalling,
    onRefused: (refused) => tell({ what: 'watched', refused }),
  })
  signalling.on('wall:quality', ({ visitId, seats }) =>
    tell({ what: 'qualityMeasured', visitId, seats }),
  )
  const { facilityId, pulse } = options
  const reruns = createReruns(createOpening({ facilityId, signalling, media, watchList, tell }))
  signalling.on('wall:changed', (visit) => {
    pulse.clocks.set(visit.visitId, visit.clock)
    tell({ what: 'visitChanged', visit: visit as WallVisit })
  })
  const tellLevels = createWallLevels(pulse.levels)
  signalling.on('wall:levels', ({ visits }) => tellLevels(visits))
  signalling.on('wall:ticked', ({ visitId, clock }) => pulse.clocks.set(visitId, clock))
  return {
    signalling,
    watchList,
    close() {
      isClosed = true
      reruns.close()
      watchList.close()
      media.close()
      signalling.close()
    },
  }
}

type Parts = {
  readonly facilityId: string
  readonly signalling: WallSignalling
  readonly media: WallMedia
  readonly watchList: WatchList
  readonly tell: (happening: WallHappening) => void
}

/** The task of opening, for the first time or again; it never rejects. */
function createOpening({ facilityId, signalling, media, watchList, tell }: Parts) {
  return async (): Promise<RunResult> => {
    if (!signalling.isConnected()) return 'wait'
    // Before the request: a router told of while it runs must not be taken for an old one.
    media.reset()
    try {
      const { visits, routers } = await signalling.request('wall:open', { facilityId })
      tell({ what: 'opened', visits: visits as WallVisit[] })
      // Wished for while the wall was still opening.
      tell({ what: 'focused', visitId: watchList.chosen() })
      for (const router of routers) media.add(router)
      watchList.sendAgain()
      return 'done'
    } catch (error) {
      if (!signalling.isConnected()) return 'wait'
      if (!isSignallingError(error) || isPassing(error.code)) return 'retry'
      tell({ what: 'refused', code: error.code })
      return 'done'
    }
  }
}
