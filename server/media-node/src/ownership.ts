import { z } from 'zod'
import { RECORDER_SINK, STILLS_SINK } from '@visavis/contract/media-graph'

/**
 * Whose a thing of the library is. Written into its appData when it is made and read by the watch,
 * which trusts nothing else: what has no owner may not exist.
 */

const TransportOwner = z.discriminatedUnion('role', [
  z.object({ role: z.literal('seat'), visitId: z.string(), peerId: z.string() }),
  z.object({ role: z.literal('observer'), peerId: z.string() }),
  z.object({ role: z.literal('tap'), visitId: z.string() }),
  z.object({ role: z.literal('stills'), visitId: z.string() }),
  z.object({ role: z.literal('speaker'), visitId: z.string(), speakerId: z.string() }),
  z.object({ role: z.literal('loop'), loopId: z.string() }),
])
const ProducerOwner = z.object({ visitId: z.string(), seatId: z.string() })
/** Of what an officer who speaks sends; strict, so that nothing is a seat's and a speaker's. */
const SpeechOwner = z.strictObject({ visitId: z.string(), speakerId: z.string() })
const ConsumerOwner = z.object({ visitId: z.string(), sink: z.string() })
/** Of the library's observer of sound levels; strict as the next. */
const LevelsOwner = z.strictObject({ role: z.literal('levels') })
/** Of a producer and of a consumer of somebody's test; strict, so that nothing is a visit's and a loop's. */
const LoopOwner = z.strictObject({ loopId: z.string() })

export type TransportOwner = z.output<typeof TransportOwner>
export type ProducerOwner = z.output<typeof ProducerOwner>
export type ConsumerOwner = z.output<typeof ConsumerOwner>
export type LoopOwner = z.output<typeof LoopOwner>

/** The owner of a transport, or null for one that nobody of ours made. */
export const transportOwnerOf = (appData: unknown) => TransportOwner.safeParse(appData).data ?? null
/** The owner of a producer, or null. */
export const producerOwnerOf = (appData: unknown) => ProducerOwner.safeParse(appData).data ?? null
/** Whose speech a producer belongs to, or null. */
export const speechOwnerOf = (appData: unknown) => SpeechOwner.safeParse(appData).data ?? null
/** The owner of a consumer, or null. */
export const consumerOwnerOf = (appData: unknown) => ConsumerOwner.safeParse(appData).data ?? null
/** The loop that a producer or consumer belongs to, or null. */
export const loopOwnerOf = (appData: unknown) => LoopOwner.safeParse(appData).data ?? null

/** Whether it is the appData of an observer of sound levels that we made. */
export const isLevelsOwner = (appData: unknown) => LevelsOwner.safeParse(appData).success

/** The sink of the media graph that a transport serves for one visit; null if it serves another visit only. */
export function sinkOf(owner: TransportOwner, visitId: string): string | null {
  if (owner.role === 'observer') return owner.peerId
  if (owner.role === 'loop' || owner.role === 'speaker' || owner.visitId !== visitId) return null
  if (owner.role === 'stills') return STILLS_SINK
  return owner.role === 'tap' ? RECORDER_SINK : owner.peerId
}
