import { z } from 'zod'
import { defineCommand } from './command.ts'
import { VisitId } from './ids.ts'
import { DtlsParameters, MediaKind, RtpParameters, TransportInfo } from './rtc.ts'

/** An officer's speech in one visit; its id is the one that the room's facts name. */
const SpeakerKey = { visitId: VisitId, speakerId: z.uuid() }
const refusals = ['ROOM_NOT_FOUND', 'TRANSPORT_NOT_FOUND'] as const

/**
 * How an officer speaks to both sides of a visit (OV-5): one sending transport on the visit's router, for
 * that visit only. It ends at once when the room's facts name another speaker or none.
 */
export const speakerCommands = {
  /** Opens the speaker's transport anew; refused where the facts do not name the speaker. */
  openSpeaker: defineCommand({
    name: 'speaker:open',
    payload: z.strictObject(SpeakerKey),
    reply: z.object({ send: TransportInfo }),
    refusals: ['ROOM_NOT_FOUND', 'MEDIA_POLICY_FORBIDS'],
  }),
  connectSpeaker: defineCommand({
    name: 'speaker:connect',
    payload: z.strictObject({
      ...SpeakerKey,
      transportId: z.uuid(),
      dtlsParameters: DtlsParameters,
    }),
    reply: z.object({}),
    refusals,
  }),
  /** Publishes a track in the place of one of its kind. */
  produceSpeaker: defineCommand({
    name: 'speaker:produce',
    payload: z.strictObject({ ...SpeakerKey, kind: MediaKind, rtpParameters: RtpParameters }),
    reply: z.object({ producerId: z.uuid() }),
    refusals: [...refusals, 'PRODUCER_REFUSED'],
  }),
} as const
