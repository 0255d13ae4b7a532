import type { OwnedKeyedStore } from './keyed-store.ts'

/** Loudness that reads as nothing and as full, in dBov: a quiet room, a loud voice. */
const FLOOR_DB = -60
const CEILING_DB = -10

type TellLevels = (
  visits: readonly {
    readonly visitId: string
    readonly seats: readonly { readonly seatId: string; readonly level: number }[]
  }[],
) => void

/** Puts what the SFU measured (dBov by seat) into a store (0 to 1 by seat); who is not named is silent. */
export function createWallLevels(levels: Pick<OwnedKeyedStore<number>, 'set'>): TellLevels {
  const heard = new Map<string, readonly string[]>()
  return (visits) => {
    for (const { visitId, seats } of visits) {
      const named = seats.map(({ seatId }) => seatId)
      for (const seatId of heard.get(visitId) ?? []) {
        if (!named.includes(seatId)) levels.set(seatId, 0)
      }
      for (const { seatId, level } of seats) levels.set(seatId, shownLevel(level))
      heard.set(visitId, named)
    }
  }
}

/** Loudness on a scale from 0 to 1 that follows the ear. */
export function shownLevel(dBov: number): number {
  return Math.min(1, Math.max(0, (dBov - FLOOR_DB) / (CEILING_DB - FLOOR_DB)))
}
