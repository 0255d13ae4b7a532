import type { Moves } from '@visavis/contract/machine'

/**
 * How a transport fares: not needed yet; opening; up; wobbling (lost contact just now); restarting
 * its ICE; stranded (in trouble while the signalling link is down, so nothing can be done); lost.
 */
export type Health = 'unused' | 'opening' | 'up' | 'wobbling' | 'restarting' | 'stranded' | 'lost'

export type HealthAction =
  | 'open'
  | 'succeed'
  | 'wobble'
  | 'fail'
  | 'strand'
  | 'loseLink'
  | 'regainLink'
  | 'loseHope'
  | 'hurry'
  | 'loseMedia'

/**
 * LV-8: contact lost for a while is answered with an ICE restart, a failure with one at once, and a
 * restart that does not help with new transports (`lost`). Nothing is tried while the signalling link is down.
 */
export const HEALTH_MOVES: Moves<Health, HealthAction> = {
  unused: { open: 'opening', succeed: 'up', loseMedia: 'lost' },
  opening: {
    succeed: 'up',
    wobble: 'wobbling',
    fail: 'restarting',
    strand: 'stranded',
    loseLink: 'stranded',
    loseMedia: 'lost',
  },
  up: { wobble: 'wobbling', fail: 'restarting', strand: 'stranded', loseMedia: 'lost' },
  wobbling: {
    succeed: 'up',
    fail: 'restarting',
    loseHope: 'restarting',
    hurry: 'restarting',
    loseLink: 'stranded',
    loseMedia: 'lost',
  },
  // No `fail`: the old connection's failure is often told only after its restart began.
  restarting: {
    succeed: 'up',
    loseHope: 'lost',
    strand: 'stranded',
    loseLink: 'stranded',
    loseMedia: 'lost',
  },
  stranded: { succeed: 'up', regainLink: 'restarting', loseMedia: 'lost' },
  lost: {},
}

/** How long a state may last before hope is lost. Contact often comes back by itself within 3 s. */
export const PATIENCE_MS: Readonly<Partial<Record<Health, number>>> = {
  wobbling: 3_000,
  restarting: 5_000,
}

/** What a browser's connection state means, given whether the signalling link stands. */
export function healthActionFor(
  connectionState: RTCPeerConnectionState,
  isLinkUp: boolean,
): HealthAction | null {
  switch (connectionState) {
    case 'new':
      return null
    case 'connecting':
      return 'open'
    case 'connected':
      return 'succeed'
    case 'disconnected':
      return isLinkUp ? 'wobble' : 'strand'
    case 'failed':
      return isLinkUp ? 'fail' : 'strand'
    case 'closed':
      return 'loseMedia'
  }
}
