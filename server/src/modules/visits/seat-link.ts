import type { SeatState } from '@visavis/contract/seat-lifecycle'

/**
 * How a seat stands to this server, in memory only: sockets come and go faster than a visit's states.
 * A lost socket is leased for a while, because the media at the SFU may still flow.
 */
export type SeatLink =
  | { readonly kind: 'CONNECTED' }
  | { readonly kind: 'LEASED'; readonly until: Date; readonly isMediaUp: boolean }
  | { readonly kind: 'GONE'; readonly since: Date | null; readonly hasLeft: boolean }

/** A seat that never connected to this server. */
export const NEVER_LINKED: SeatLink = { kind: 'GONE', since: null, hasLeft: false }

/** The links of a visit's seats, by seat id. */
export type SeatLinks = ReadonlyMap<string, SeatLink>

/** Long enough for a reload or a dead spot, short enough that the other side is not left guessing. */
export const LEASE_MS = 30_000

/** The link of a seat, {@link NEVER_LINKED} by default. */
export function linkOf(links: SeatLinks, seatId: string): SeatLink {
  return links.get(seatId) ?? NEVER_LINKED
}

/**
 * The links, with everybody who is at another's device linked as that device is (LV-3). Whoever has a
 * connection of their own keeps it; the device of somebody who was turned away carries nobody.
 */
export function sharedLinks(links: SeatLinks, seats: readonly SeatAtCamera[]): SeatLinks {
  const shared = seats.flatMap(({ seatId, cameraSeatId }): [string, SeatLink][] =>
    cameraSeatId === null || linkOf(links, seatId).kind !== 'GONE'
      ? []
      : [[seatId, isTurnedAway(seats, cameraSeatId) ? NEVER_LINKED : linkOf(links, cameraSeatId)]],
  )
  return shared.length === 0 ? links : new Map([...links, ...shared])
}
type SeatAtCamera = {
  readonly seatId: string
  readonly cameraSeatId: string | null
  readonly state: SeatState
}

function isTurnedAway(seats: readonly SeatAtCamera[], cameraSeatId: string): boolean {
  const state = seats.find(({ seatId }) => seatId === cameraSeatId)?.state
  return state === 'REFUSED' || state === 'REMOVED'
}

/** Whether the person can be heard and seen by now, as far as the server knows. */
export function isReachable(link: SeatLink): boolean {
  switch (link.kind) {
    case 'CONNECTED':
      return true
    case 'LEASED':
      return link.isMediaUp
    case 'GONE':
      return false
  }
}

/** The link after its socket was lost. */
export function leasedLink(now: Date, isMediaUp: boolean): SeatLink {
  return { kind: 'LEASED', until: new Date(now.getTime() + LEASE_MS), isMediaUp }
}

/** The link when time has passed: a lease that is over is gone. */
export function agedLink(link: SeatLink, now: Date): SeatLink {
  if (link.kind !== 'LEASED' || link.until > now) return link
  return { kind: 'GONE', since: now, hasLeft: false }
}
