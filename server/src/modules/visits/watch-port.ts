import { WATCHED_FOR_MS } from '@visavis/contract/coverage'
import { panic } from '@visavis/contract/errors'

type IsWatched = (visitId: string, now: Date) => boolean

/** Whether somebody watches a visit, as the walls of this server know it once there are any. */
export type WatchPort = {
  readonly attach: (isWatched: IsWatched) => void
  readonly isWatched: IsWatched
}

/**
 * A server that has just begun to let people in has heard of no wall yet: whoever watched at its
 * predecessor's gets the time to be heard again.
 */
export function createWatchPort(doorOpenSince: Date): WatchPort {
  let attached: IsWatched | null = null
  return {
    attach(isWatched) {
      if (attached) panic('walls are attached twice')
      attached = isWatched
    },
    isWatched: (visitId, now) =>
      now.getTime() - doorOpenSince.getTime() < WATCHED_FOR_MS ||
      (attached?.(visitId, now) ?? false),
  }
}
