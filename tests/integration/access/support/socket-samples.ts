import { aReport } from '../../live/support/preflight-client.ts'
import type { EXPECTED_SOCKETS } from '../expected-sockets.ts'

/** What is there of somebody's visit, seat, wall or loop, for others to reach for. */
export type Things = {
  readonly facilityId: string
  readonly visitId: string
  readonly seatId: string
  readonly resume: { readonly sessionId: string; readonly resumeSecret: string }
  readonly routerId: string
  /** Of the other party's sound, as the seat gets it. */
  readonly seatConsumerId: string
  readonly seatTransportId: string
  readonly wallConsumerId: string
  readonly wallTransportId: string
  readonly warningId: string
  readonly flagId: string
  readonly offerId: string
  readonly loopTransportId: string
  readonly loopConsumerId: string
}

type Namespaces = typeof EXPECTED_SOCKETS
type Samples<Rows> = Record<keyof Rows, (things: Things) => object>

const DTLS = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }],
}
const SOUND = {
  kind: 'audio',
  rtpParameters: {
    codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc: 4_711 }],
  },
}
const CAPABILITIES = { codecs: [], headerExtensions: [] }
const nothing = () => ({})
const visit = ({ visitId }: Things) => ({ visitId })
const seat = ({ visitId, seatId }: Things) => ({ visitId, seatId })

/** A payload of every command that reaches for those things; one without does not compile. */
export const SOCKET_SAMPLES: { readonly [N in keyof Namespaces]: Samples<Namespaces[N]> } = {
  visit: {
    join: (things) => ({ ...visit(things), holdingEpoch: null }),
    resume: (things) => ({
      ...{ ...things.resume, ...visit(things) },
      ...{ lastEventSeq: 0, holdingEpoch: null },
    }),
    report: () => ({ isAway: false, camera: 'ON', microphone: 'ON' }),
    help: () => ({ need: 'NO_SOUND', figures: null }),
    acknowledge: ({ warningId }) => ({ warningId }),
    tellQuality: () => ({ isDataSaver: false, keepsPicture: false, step: 'LARGE' }),
    openMedia: () => ({ epoch: 1, rtpCapabilities: CAPABILITIES }),
    connectTransport: ({ seatTransportId }) => ({
      transportId: seatTransportId,
      dtlsParameters: DTLS,
    }),
    restartIce: () => ({ direction: 'send' }),
    createProducer: () => SOUND,
    resumeConsumer: ({ seatConsumerId }) => ({ consumerId: seatConsumerId }),
    askKeyFrame: ({ seatConsumerId }) => ({ consumerId: seatConsumerId }),
    renewConsumer: ({ seatConsumerId }) => ({ consumerId: seatConsumerId }),
    checkLink: nothing,
    together: ({ seatId }) => ({ seatIds: [seatId] }),
    leave: nothing,
    end: nothing,
  },
  wall: {
    open: ({ facilityId }) => ({ facilityId }),
    watch: ({ visitId }) => ({
      ...{ visitIds: [visitId], stillVisitIds: [visitId] },
      ...{ focusVisitId: visitId, chosenVisitId: visitId },
    }),
    openMedia: ({ routerId }) => ({ routerId, rtpCapabilities: CAPABILITIES }),
    connectTransport: ({ wallTransportId }) => ({
      transportId: wallTransportId,
      dtlsParameters: DTLS,
    }),
    restartIce: ({ routerId }) => ({ routerId }),
    resumeConsumer: ({ wallConsumerId }) => ({ consumerId: wallConsumerId }),
    checkSeat: seat,
    admitSeat: seat,
    refuseSeat: (things) => ({ ...seat(things), reason: 'OTHER' }),
    answerHelp: (things) => ({ ...seat(things), answer: 'SEEN' }),
    putBackSeat: (things) => ({ ...seat(things), reason: 'OTHER' }),
    removeSeat: (things) => ({ ...seat(things), reason: 'OTHER' }),
    resumeVisit: visit,
    goOnUnrecorded: (things) => ({ ...visit(things), reason: 'For the sample.' }),
    extendVisit: (things) => ({ ...visit(things), minutes: 5 }),
    endVisit: (things) => ({ ...visit(things), reason: 'OTHER' }),
    warn: (things) => ({
      ...visit(things),
      ...{ parties: ['VISITOR'], text: { typed: 'Please sit down.', language: 'en' } },
    }),
    mute: (things) => ({ ...visit(things), party: 'VISITOR' }),
    unmute: (things) => ({ ...visit(things), party: 'VISITOR' }),
    pause: (things) => ({ ...visit(things), reason: 'OTHER' }),
    keepPaused: visit,
    obstacle: visit,
    speak: visit,
    connectSpeech: ({ wallTransportId }) => ({
      transportId: wallTransportId,
      dtlsParameters: DTLS,
    }),
    produceSpeech: () => SOUND,
    endSpeech: visit,
    judgeAdvice: (things) => ({
      ...visit(things),
      ...{ adviceId: things.warningId, judgement: 'FALSE' },
    }),
    beat: nothing,
    colleagues: nothing,
    offerVisits: ({ visitId }) => ({ visitIds: [visitId], toObserverId: null }),
    answerOffer: ({ offerId }) => ({ offerId, isAccepted: false }),
    flag: (things) => ({ ...visit(things), category: 'OTHER', reason: 'SEEN' }),
    unflag: (things) => ({ ...visit(things), flagId: things.flagId }),
  },
  preflight: {
    open: nothing,
    openLink: () => ({ path: 'any', rtpCapabilities: CAPABILITIES }),
    connectTransport: ({ loopTransportId }) => ({
      transportId: loopTransportId,
      dtlsParameters: DTLS,
    }),
    createProducer: () => SOUND,
    resumeConsumer: ({ loopConsumerId }) => ({ consumerId: loopConsumerId }),
    report: ({ visitId }) => aReport({ visitId }),
  },
}
