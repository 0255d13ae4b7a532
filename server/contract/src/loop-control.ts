import { z } from 'zod'
import { defineCommand } from './command.ts'
import { LoopConsumer, LoopPath } from './preflight-socket.ts'
import { DtlsParameters, MediaKind, RtpCapabilities, RtpParameters, TransportInfo } from './rtc.ts'

/** What one track of a loop came to, as this node counted it; round trip as the client reported it. */
export const LoopTrackFigures = z.object({
  kind: MediaKind,
  packets: z.number().int().min(0),
  lost: z.number().int().min(0),
  roundTripMs: z.number().min(0).nullable(),
})

const LoopKey = { loopId: z.uuid() }

/**
 * Loops: one person's way to us and back, tested without any visit (LV-10). What a loop sends comes back
 * to it and goes nowhere else. It ends after a minute by itself.
 */
export const loopCommands = {
  /** TOO_MANY_REQUESTS while this node has as many as it takes. */
  openLoop: defineCommand({
    name: 'loop:open',
    payload: z.strictObject(LoopKey),
    reply: z.object({ routerRtpCapabilities: RtpCapabilities }),
    refusals: ['MEDIA_UNAVAILABLE'],
  }),
  /** Opens both transports by that way; those of the last one close. */
  linkLoop: defineCommand({
    name: 'loop:link',
    payload: z.strictObject({ ...LoopKey, path: LoopPath, rtpCapabilities: RtpCapabilities }),
    reply: z.object({ send: TransportInfo, receive: TransportInfo }),
    refusals: ['TRANSPORT_NOT_FOUND'],
  }),
  connectLoop: defineCommand({
    name: 'loop:connect',
    payload: z.strictObject({
      ...LoopKey,
      transportId: z.uuid(),
      dtlsParameters: DtlsParameters,
    }),
    reply: z.object({}),
    refusals: ['TRANSPORT_NOT_FOUND'],
  }),
  /** Publishes a track and makes, paused, what comes back of it. */
  produceLoop: defineCommand({
    name: 'loop:produce',
    payload: z.strictObject({ ...LoopKey, kind: MediaKind, rtpParameters: RtpParameters }),
    reply: z.object({ producerId: z.uuid(), consumer: LoopConsumer }),
    refusals: ['TRANSPORT_NOT_FOUND', 'PRODUCER_REFUSED'],
  }),
  resumeLoop: defineCommand({
    name: 'loop:resume',
    payload: z.strictObject({ ...LoopKey, consumerId: z.uuid() }),
    reply: z.object({}),
    refusals: ['TRANSPORT_NOT_FOUND', 'CONSUMER_NOT_FOUND'],
  }),
  /** Closes it; one that is gone has no tracks. */
  closeLoop: defineCommand({
    name: 'loop:close',
    payload: z.strictObject(LoopKey),
    reply: z.object({ tracks: z.array(LoopTrackFigures) }),
  }),
} as const

export type LoopTrackFigures = z.output<typeof LoopTrackFigures>
