import type { ErrorCode } from '@visavis/contract/errors'
import type { preflightCommands } from '@visavis/contract/preflight-socket'
import type { visitCommands } from '@visavis/contract/visit-socket'
import type { wallCommands } from '@visavis/contract/wall-socket'
import type { Caller } from './support/callers.ts'

/** Who gets into a namespace; everybody else is refused at its door. */
export const LET_IN: Record<'visit' | 'wall' | 'preflight', readonly Caller[]> = {
  visit: ['visitor', 'roomDevice', 'inmate'],
  wall: ['officer'],
  preflight: ['visitor', 'roomDevice', 'inmate', 'terminal'],
}

/**
 * What somebody gets who is let in and names what is another's: a refusal, or one of two; `OWN`: the command names nothing, and
 * does what it does to the caller's own; `SAME`: a colleague may.
 */
export type Beyond = 'OWN' | 'SAME' | 'REFUSED' | ErrorCode | `${ErrorCode} or VISIT_WRONG_STATE`
export type SocketRow = { readonly elsewhere: Beyond; readonly another: Beyond }

const own: SocketRow = { elsewhere: 'OWN', another: 'OWN' }
const never = (code: Beyond): SocketRow => ({ elsewhere: code, another: code })
/** Officers of one facility stand in for each other. */
const staff = (code: Beyond): SocketRow => ({ elsewhere: code, another: 'SAME' })

const ofVisit = staff('VISIT_NOT_FOUND')

/** A command that is not here does not compile. */
export const EXPECTED_SOCKETS: {
  readonly visit: Record<keyof typeof visitCommands, SocketRow>
  readonly wall: Record<keyof typeof wallCommands, SocketRow>
  readonly preflight: Record<keyof typeof preflightCommands, SocketRow>
} = {
  visit: {
    join: never('VISIT_NOT_FOUND'),
    resume: never('RESUME_REFUSED'),
    report: own,
    help: own,
    // One that is over, or never was, is no error; nothing of the other visit moves.
    acknowledge: own,
    tellQuality: own,
    openMedia: own,
    connectTransport: never('TRANSPORT_NOT_FOUND'),
    restartIce: own,
    createProducer: own,
    resumeConsumer: never('CONSUMER_NOT_FOUND'),
    askKeyFrame: never('CONSUMER_NOT_FOUND'),
    renewConsumer: never('CONSUMER_NOT_FOUND'),
    checkLink: own,
    // An inmate has nobody at the camera, own or other.
    together: never('SEAT_NOT_FOUND or VISIT_WRONG_STATE'),
    leave: own,
    end: own,
  },
  wall: {
    open: { elsewhere: 'FORBIDDEN', another: 'SAME' },
    // Refused visit by visit, in an answer that is none itself.
    watch: { elsewhere: 'REFUSED', another: 'SAME' },
    openMedia: { elsewhere: 'OWN', another: 'SAME' },
    connectTransport: never('TRANSPORT_NOT_FOUND'),
    restartIce: { elsewhere: 'OWN', another: 'SAME' },
    resumeConsumer: never('CONSUMER_NOT_FOUND'),
    checkSeat: ofVisit,
    admitSeat: ofVisit,
    refuseSeat: ofVisit,
    answerHelp: ofVisit,
    putBackSeat: ofVisit,
    removeSeat: ofVisit,
    resumeVisit: ofVisit,
    goOnUnrecorded: ofVisit,
    extendVisit: ofVisit,
    endVisit: ofVisit,
    warn: ofVisit,
    mute: ofVisit,
    unmute: ofVisit,
    pause: ofVisit,
    keepPaused: ofVisit,
    obstacle: ofVisit,
    speak: ofVisit,
    connectSpeech: never('TRANSPORT_NOT_FOUND'),
    produceSpeech: never('TRANSPORT_NOT_FOUND'),
    endSpeech: ofVisit,
    judgeAdvice: ofVisit,
    beat: own,
    colleagues: { elsewhere: 'OWN', another: 'SAME' },
    offerVisits: ofVisit,
    answerOffer: { elsewhere: 'ALREADY_DECIDED', another: 'SAME' },
    flag: ofVisit,
    // The own one only, whoever asks.
    unflag: { elsewhere: 'VISIT_NOT_FOUND', another: 'NOT_FOUND' },
  },
  preflight: {
    open: own,
    openLink: own,
    connectTransport: never('TRANSPORT_NOT_FOUND'),
    createProducer: own,
    resumeConsumer: never('CONSUMER_NOT_FOUND'),
    report: never('VISIT_NOT_FOUND'),
  },
}
