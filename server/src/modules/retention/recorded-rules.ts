import { localDateAt } from './retention-rules.ts'

/** A track of one recording, with the seat it is of. */
export type KeptTrack = {
  readonly seatId: string
  readonly kind: 'audio' | 'video'
  readonly durationMs: number
}

/** What was kept of somebody: of each recording the longest of their own tracks, summed. */
export function keptOf(
  recordings: readonly { readonly tracks: readonly KeptTrack[] }[],
  seatIds: ReadonlySet<string>,
): { picture: boolean; sound: boolean; durationMs: number } {
  const own = recordings.map(({ tracks }) => tracks.filter(({ seatId }) => seatIds.has(seatId)))
  const has = (kind: KeptTrack['kind']): boolean =>
    own.some((tracks) => tracks.some((track) => track.kind === kind))
  const longest = (tracks: readonly KeptTrack[]): number =>
    Math.max(0, ...tracks.map(({ durationMs }) => durationMs))
  return {
    picture: has('video'),
    sound: has('audio'),
    durationMs: own.reduce((sum, tracks) => sum + longest(tracks), 0),
  }
}

/** Somebody of that role looked, or got a copy, then. */
export type Look = { readonly role: string; readonly at: Date }
/** How often on a local day. */
export type Looked = { readonly role: string; readonly day: string; readonly times: number }

/** Looks by local day and role, the first first: who it was is not told. */
export function lookedOf(looks: readonly Look[], timeZone: string): Looked[] {
  const counts = new Map<string, Looked>()
  for (const { role, at } of looks) {
    const day = localDateAt(at, timeZone)
    const key = `${day} ${role}`
    counts.set(key, { role, day, times: (counts.get(key)?.times ?? 0) + 1 })
  }
  return [...counts.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/** The last of some instants; null without any. */
export function latestOf(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((last, one) => (one && (!last || one > last) ? one : last), null)
}
