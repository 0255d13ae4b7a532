import type { ErrorCode } from '@visavis/contract/errors'
import type { MAX_STILL_VISITS, MAX_WATCHED_VISITS } from '@visavis/contract/wall-socket'
import { isPassing, isSignallingError } from './passing-refusals.ts'
import { createReruns } from './reruns.ts'
import type { RunResult } from './reruns.ts'
import type { WallSignalling } from './router-reception.ts'
import type { Watched } from './types.ts'

/** Held against the contract by its type, since the contract's module would bring zod into the page. */
const MOST_WATCHED: typeof MAX_WATCHED_VISITS = 25
const MOST_STILLS: typeof MAX_STILL_VISITS = 200
/** A scroll changes what is on screen many times a second; each visit watched is an audit entry. */
const SETTLE_MS = 100

/** Keeps the server's idea of what is on screen equal to the last wish. */
export type WatchList = {
  readonly want: (watched: Watched) => void
  /** The visit that was chosen. */
  readonly chosen: () => string | null
  /** The server has just (re)opened the wall and knows of no wish. */
  readonly sendAgain: () => void
  readonly close: () => void
}

export type WatchListOptions = {
  readonly signalling: WallSignalling
  readonly onRefused: (refused: ReadonlyMap<string, ErrorCode>) => void
}

/** Makes the list, empty until something is wanted. Wishes made before the wall is open wait for it. */
export function createWatchList({ signalling, onRefused }: WatchListOptions): WatchList {
  let wanted: Watched | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const send = async (): Promise<RunResult> => {
    if (!wanted || !signalling.isConnected()) return 'wait'
    try {
      const { refused } = await signalling.request('wall:watch', wireForm(wanted))
      onRefused(new Map(refused.map(({ visitId, code }) => [visitId, code as ErrorCode])))
      return 'done'
    } catch (error) {
      // NOT_JOINED and a lost link are mended by the next opening, which sends again.
      return isSignallingError(error) && !isPassing(error.code) ? 'wait' : 'retry'
    }
  }
  const reruns = createReruns(send)
  return {
    want(watched) {
      wanted = watched
      clearTimeout(timer)
      timer = setTimeout(reruns.ask, SETTLE_MS)
    },
    chosen: () => wanted?.chosenVisitId ?? null,
    sendAgain: reruns.ask,
    close() {
      clearTimeout(timer)
      reruns.close()
    },
  }
}

/** The wish as the server takes it: each visit once, the focused one among them, no more than allowed. */
export function wireForm({ visitIds, stillVisitIds, focusVisitId, chosenVisitId }: Watched) {
  const wished = focusVisitId === null ? visitIds : [focusVisitId, ...visitIds]
  const live = [...new Set(wished)].slice(0, MOST_WATCHED)
  const stills = [...new Set(stillVisitIds)].filter((visitId) => !live.includes(visitId))
  return {
    ...{ visitIds: live, stillVisitIds: stills.slice(0, MOST_STILLS) },
    ...{ focusVisitId, chosenVisitId },
  }
}
