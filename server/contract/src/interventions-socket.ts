import { z } from 'zod'
import { defineCommand } from './command.ts'
import { LanguageTag, VisitId } from './ids.ts'
import { MAX_INTERVENTION_TEXT, PAUSE_CAUSES } from './interventions.ts'
import {
  DtlsParameters,
  IceServer,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  TransportInfo,
} from './rtc.ts'

const ofVisit = { visitId: VisitId }
const Side = z.enum(['VISITOR', 'INMATE'])
const Typed = z.string().trim().min(1).max(MAX_INTERVENTION_TEXT)
const refusals = ['VISIT_NOT_FOUND', 'VISIT_WRONG_STATE', 'VISIT_ENDED'] as const
const mediaRefusals = ['NOT_JOINED', 'TRANSPORT_NOT_FOUND', 'MEDIA_UNAVAILABLE'] as const

/** What an officer does in a visit from the wall (OV-5); carried out in the SFU, never by asking the client. */
export const interventionCommands = {
  /**
   * Shows people a text that each of them has to acknowledge, in every class of visit. `NOT_FOUND`: no such
   * ready text.
   */
  warn: defineCommand({
    name: 'visit:warn',
    payload: z.strictObject({
      ...ofVisit,
      /** Whom it is for. */
      parties: z.array(Side).min(1).max(2),
      text: z.union([
        z.strictObject({ readyTextId: z.uuid() }),
        z.strictObject({ typed: Typed, language: LanguageTag }),
      ]),
    }),
    reply: z.object({ warningId: z.uuid() }),
    refusals: [...refusals, 'NOT_FOUND', 'TOO_MANY_REQUESTS'],
  }),
  /** Switches the sound of one side off, for everybody; where nobody may watch: MEDIA_POLICY_FORBIDS. */
  mute: defineCommand({
    name: 'side:mute',
    payload: z.strictObject({ ...ofVisit, party: Side }),
    reply: z.object({}),
    refusals: [...refusals, 'MEDIA_POLICY_FORBIDS'],
  }),
  unmute: defineCommand({
    name: 'side:unmute',
    payload: z.strictObject({ ...ofVisit, party: Side }),
    reply: z.object({}),
    refusals: [...refusals],
  }),
  /** Stops all media between the parties, and the clock, in every class; `visit:resume` takes it back. */
  pause: defineCommand({
    name: 'visit:pause',
    payload: z.strictObject({ ...ofVisit, reason: z.enum(PAUSE_CAUSES) }),
    reply: z.object({}),
    refusals: [...refusals],
  }),
  /** An officer was asked about a long pause, or about a restriction, and keeps the visit paused. */
  keepPaused: defineCommand({
    name: 'pause:keep',
    payload: z.strictObject(ofVisit),
    reply: z.object({}),
    refusals: [...refusals],
  }),
  /** What stands in the way of a visit going on now (EL-4): the code of a refusal, or null. */
  obstacle: defineCommand({
    name: 'visit:obstacle',
    payload: z.strictObject(ofVisit),
    reply: z.object({ code: z.string().nullable() }),
    refusals: ['VISIT_NOT_FOUND'],
    isByMachine: true,
  }),
  /**
   * Begins to speak to both sides: opens this wall's sending transport on the visit's router, for this visit
   * only. One officer at a time; where nobody may watch: MEDIA_POLICY_FORBIDS.
   */
  speak: defineCommand({
    name: 'speech:start',
    payload: z.strictObject(ofVisit),
    reply: z.object({
      speakerId: z.uuid(),
      send: TransportInfo,
      routerRtpCapabilities: RtpCapabilities,
      iceServers: z.array(IceServer),
    }),
    refusals: [...refusals, 'NOT_JOINED', 'MEDIA_POLICY_FORBIDS', 'MEDIA_UNAVAILABLE'],
  }),
  connectSpeech: defineCommand({
    name: 'speech:connect',
    payload: z.strictObject({ transportId: z.uuid(), dtlsParameters: DtlsParameters }),
    reply: z.object({}),
    refusals: mediaRefusals,
    isByMachine: true,
  }),
  produceSpeech: defineCommand({
    name: 'speech:produce',
    payload: z.strictObject({ kind: MediaKind, rtpParameters: RtpParameters }),
    reply: z.object({ producerId: z.uuid() }),
    refusals: [...mediaRefusals, 'PRODUCER_REFUSED'],
    isByMachine: true,
  }),
  /** Ends the speech of that visit, this wall's or a colleague's; one that is over is ended already. */
  endSpeech: defineCommand({
    name: 'speech:stop',
    payload: z.strictObject(ofVisit),
    reply: z.object({}),
    refusals: [...refusals],
  }),
} as const
