import type { Health } from './transport-health.ts'
import type { MediaPhase } from './types.ts'

const TROUBLES: ReadonlySet<Health> = new Set<Health>([
  'wobbling',
  'restarting',
  'stranded',
  'lost',
])

/** What a person is told when media are gone: what never stood is still starting. */
export function phaseAfterLoss(previous: MediaPhase): MediaPhase {
  return previous === 'starting' ? 'starting' : 'reconnecting'
}

/**
 * What a person is told of both transports together. One that has not been needed yet, or opens for
 * the first time beside one that stands, is no trouble; nor is it to have nothing to send.
 */
export function mediaPhaseOf(facts: {
  readonly send: Health
  readonly receive: Health
  readonly hasTracks: boolean
  readonly previous: MediaPhase
}): MediaPhase {
  const { send, receive, hasTracks, previous } = facts
  if (TROUBLES.has(send) || TROUBLES.has(receive)) return phaseAfterLoss(previous)
  if (send === 'up' || receive === 'up') return 'connected'
  if (!hasTracks && send === 'unused' && receive === 'unused') return 'connected'
  return previous
}
