import { Refusal } from './errors.ts'
import { mediaPolicyOf } from './media-policy.ts'
import type { MediaPolicy, VisitClass } from './media-policy.ts'

/**
 * Permits to see, hear or keep the media of a visit (OV-1). Whatever makes an observer's consumer, a still,
 * a meter or a tap asks for one, and there is none that class and policy do not give. A permit is known by
 * a private field that only this module can put on an object: no cast, copy, JSON or prototype makes one.
 */

/** How an officer perceives a visit: moving pictures, still ones, or sound (which its level is, too). */
export const WATCH_KINDS = ['LIVE', 'STILLS', 'SOUND'] as const
export type WatchKind = (typeof WATCH_KINDS)[number]

/** Known to this module alone; a constructor that somebody got hold of makes nothing without it. */
const SEAL = Symbol('permit')

type PermitUse = WatchKind | 'RECORD'
/** What a permit is for. Privileged visits stand on routers of their own, so a permit says for which. */
type PermitScope = { readonly use: PermitUse; readonly isPrivileged: boolean }

class Permit {
  /** Its presence is the proof that the permit was made here. */
  readonly #made: PermitScope

  constructor(seal: unknown, scope: PermitScope) {
    if (seal !== SEAL) throw new TypeError('a permit is made by the policy only')
    this.#made = Object.freeze({ ...scope })
    Object.freeze(this)
  }

  static isGenuine(value: unknown): value is Permit {
    return typeof value === 'object' && value !== null && #made in value
  }

  static allows(value: unknown, { use, isPrivileged }: PermitScope): boolean {
    if (!Permit.isGenuine(value)) return false
    return value.#made.use === use && value.#made.isPrivileged === isPrivileged
  }
}
// Whoever holds a permit holds its class, too, and shall change nothing in it.
Object.freeze(Permit)
Object.freeze(Permit.prototype)

declare const permitUse: unique symbol
/** The permit to watch visits of one sort in one way. */
export type WatchPermit<Kind extends WatchKind = WatchKind> = Permit & {
  readonly [permitUse]: Kind
}
/** The permit to record. */
export type RecordPermit = Permit & { readonly [permitUse]: 'RECORD' }

/** The permit to watch like that, or null where class and policy give none (OV-1, OV-2). */
export function watchPermit<Kind extends WatchKind>(
  visitClass: VisitClass,
  policy: MediaPolicy,
  kind: Kind,
): WatchPermit<Kind> | null {
  const { monitor } = effective(visitClass, policy)
  // A privileged visit's worker makes nothing that stills could be taken with.
  if (visitClass === 'privileged' && kind === 'STILLS') return null
  const mayWatch = monitor === 'AV' || (monitor === 'SIGHT_ONLY' && kind !== 'SOUND')
  return mayWatch ? (sealed(visitClass, kind) as WatchPermit<Kind>) : null
}

/** The permit to record, or null where class and policy give none (OV-1, RC-1). */
export function recordPermit(visitClass: VisitClass, policy: MediaPolicy): RecordPermit | null {
  const { isRecorded } = effective(visitClass, policy)
  return isRecorded ? (sealed(visitClass, 'RECORD') as RecordPermit) : null
}

/** Whether {@link watchPermit} or {@link recordPermit} made it, and nothing else did. */
export function isGenuine(value: unknown): value is WatchPermit | RecordPermit {
  return Permit.isGenuine(value)
}

/** Refuses with MEDIA_POLICY_FORBIDS whatever is no genuine permit for exactly that. */
export function demandPermit(value: unknown, scope: PermitScope): void {
  if (!Permit.allows(value, scope)) throw new Refusal('MEDIA_POLICY_FORBIDS', { why: 'no permit' })
}

function sealed(visitClass: VisitClass, use: PermitUse): Permit {
  return new Permit(SEAL, { use, isPrivileged: visitClass === 'privileged' })
}

function effective(visitClass: VisitClass, policy: MediaPolicy): MediaPolicy {
  return mediaPolicyOf(visitClass, { social: policy, official: policy, privileged: policy })
}
