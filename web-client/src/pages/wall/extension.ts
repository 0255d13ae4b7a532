import type { Reply } from '@visavis/call'
import type { EXTENSION_MINUTES } from '@visavis/contract/wall-socket'

/** By how much an officer may make a visit longer at a time. */
export type ExtensionMinutes = (typeof EXTENSION_MINUTES)[number]

/** The contract's, spelt out: its module would bring zod into the browser. */
export const EXTENSION_MINUTES_LIST = [5, 10] as const satisfies typeof EXTENSION_MINUTES

/** What somebody else may have in the time that was asked for; each has words. */
export const TAKEN_KINDS = [
  'TERMINAL',
  'LINK_CENTRE_ROOM',
  'MONITOR_SEAT',
  'ESCORT',
  'INMATE',
  'VISITOR',
] as const
type TakenKind = (typeof TAKEN_KINDS)[number]

/** The things that a refused extension names; none where it was refused for another reason. */
export function takenOf(reply: Extract<Reply, { ok: false }>): readonly TakenKind[] {
  const taken: unknown = reply.code === 'NO_PLACE' ? reply.context?.['taken'] : null
  return Array.isArray(taken) ? TAKEN_KINDS.filter((kind) => taken.includes(kind)) : []
}
