import { useEffect, useState } from 'react'
import { SyncedPlayback } from './synced-playback.ts'
import type { PlaybackTrack } from './synced-playback.ts'
import { ToldPlayback } from './told-playback.ts'
import type { Tell } from './told-playback.ts'

/** What is played: the elements in step, and what may be done with them. */
export type Playing = { readonly synced: SyncedPlayback; readonly told: ToldPlayback }

type PlaybackOf = {
  readonly tracks: readonly PlaybackTrack[]
  readonly lengthMs: number
  /** Where to begin, in ms. */
  readonly startMs: number
  readonly tell: Tell
}

/** A playback for as long as the component stands; mount anew for other tracks, and keep `tell` stable. */
export function usePlayback({ tracks, lengthMs, startMs, tell }: PlaybackOf): Playing {
  const [{ synced, told, beginsMs }] = useState(() => {
    const own = new SyncedPlayback(tracks, lengthMs)
    return { synced: own, told: new ToldPlayback(own, tell), beginsMs: startMs }
  })
  useEffect(() => {
    const stop = synced.run()
    if (beginsMs > 0) void told.seek(beginsMs)
    return () => {
      told.end()
      stop()
    }
  }, [synced, told, beginsMs])
  return { synced, told }
}
