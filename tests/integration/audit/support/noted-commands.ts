import type { preflightCommands } from '@visavis/contract/preflight-socket'
import type { visitCommands } from '@visavis/contract/visit-socket'
import type { wallCommands } from '@visavis/contract/wall-socket'

/** The action of a command's entry, or why it has none. */
export type Noted = string | { readonly why: string }

const MEDIA = { why: 'It moves packets that an entered act has let flow already.' }
const OF_LINE = { why: 'Figures and states of the own device: they are in the timeline.' }

/** Every socket command and its entry in the audit log; one that is not here does not compile. */
export const NOTED: {
  readonly visit: Record<keyof typeof visitCommands, Noted>
  readonly wall: Record<keyof typeof wallCommands, Noted>
  readonly preflight: Record<keyof typeof preflightCommands, Noted>
} = {
  visit: {
    join: 'seat.arrive',
    resume: { why: 'The seat goes on where it was; its loss and return are in the timeline.' },
    report: OF_LINE,
    help: 'help.call',
    acknowledge: 'warning.acknowledge',
    tellQuality: OF_LINE,
    openMedia: MEDIA,
    connectTransport: MEDIA,
    restartIce: MEDIA,
    createProducer: MEDIA,
    resumeConsumer: MEDIA,
    askKeyFrame: MEDIA,
    renewConsumer: MEDIA,
    checkLink: { why: 'It asks no more than whether somebody answers.' },
    together: { why: 'Only with somebody who could be at the same camera; see link-centres.' },
    leave: { why: 'The lease ends, and the seat’s way out is entered when it does.' },
    end: {
      why: 'The end of a visit is entered as it is for officers: visit.end in every test of it.',
    },
  },
  wall: {
    open: 'wall.open',
    watch: 'visit.watch',
    openMedia: MEDIA,
    connectTransport: MEDIA,
    restartIce: MEDIA,
    resumeConsumer: MEDIA,
    checkSeat: 'seat.check',
    admitSeat: 'seat.admit',
    refuseSeat: 'seat.refuse',
    answerHelp: 'help.answer',
    putBackSeat: 'seat.putBack',
    removeSeat: 'seat.remove',
    resumeVisit: 'intervention.endPause',
    goOnUnrecorded: {
      why: 'Only of a visit that waits for its recorder; see live/recorder-awaited.',
    },
    extendVisit: 'visit.extend',
    endVisit: 'intervention.terminate',
    warn: 'intervention.warn',
    mute: 'intervention.mute',
    unmute: 'intervention.endMute',
    pause: 'intervention.pause',
    keepPaused: {
      why: 'Only of a pause that is asked about after minutes; see live/interventions.',
    },
    obstacle: { why: 'A question that names nobody: the code of what stands in the way.' },
    speak: 'intervention.speak',
    connectSpeech: MEDIA,
    produceSpeech: MEDIA,
    endSpeech: 'intervention.endSpeak',
    judgeAdvice: 'advice.judge',
    beat: { why: 'Somebody is before the wall; what it shows is entered when that changes.' },
    colleagues: { why: 'Names of colleagues who are on duty with the officer.' },
    offerVisits: 'handover.offer',
    answerOffer: 'handover.decline',
    flag: 'flag.add',
    unflag: 'flag.undo',
  },
  preflight: {
    open: { why: 'A loop carries nobody but who opens it, and belongs to no visit.' },
    openLink: MEDIA,
    connectTransport: MEDIA,
    createProducer: MEDIA,
    resumeConsumer: MEDIA,
    report: 'preflight.report',
  },
}
