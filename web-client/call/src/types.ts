import type { AdviceJudgement } from '@visavis/contract/advice'
import type { ErrorCode, RefusalContext } from '@visavis/contract/errors'
import type { HelpAnswer, HelpNeed } from '@visavis/contract/help-kinds'
import type { HeldKind } from '@visavis/contract/quality-ladder'
import type { SeatQuality } from '@visavis/contract/quality'
import type { VisitClock, VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import type { SocketProof } from '@visavis/contract/terminal-proof-shapes'
import type { SeatReport } from '@visavis/contract/visit-socket'
import type {
  LOOK_AGAIN_REASONS,
  REFUSAL_REASONS,
  REMOVAL_REASONS,
  TERMINATION_REASONS,
} from '@visavis/contract/wall-socket'
import type { KeyedStore } from './keyed-store.ts'
import type { QualityWishStore } from './quality-wishes.ts'
import type { StatsSample } from './stats-sampler.ts'
import type { WallCoverage } from './wall-coverage.ts'
import type { WallInterventions } from './wall-interventions.ts'
import type { Still, StillOf } from './wall-stills.ts'

/** State that pages watch; each state object is immutable, so it fits React's `useSyncExternalStore`. */
export type Store<State> = {
  readonly getState: () => State
  /** Calls `listener` after each change; gives back the way to stop. */
  readonly subscribe: (listener: () => void) => () => void
}

/** Why a camera or microphone cannot be used (LV-10); each has its own words and way out. */
export type DeviceFailure =
  'PERMISSION_DENIED' | 'NOT_FOUND' | 'IN_USE' | 'INSECURE_PAGE' | 'OVERCONSTRAINED' | 'UNKNOWN'

/** Which camera and microphone to use; the browser's own choice where one is not named. */
export type DeviceChoice = {
  readonly cameraId?: string
  readonly microphoneId?: string
  /** 720 lines instead of 360, if the camera has them. */
  readonly isLarge?: boolean
}

/** A camera or microphone to choose from; the label is empty before permission was given. */
export type DeviceOption = { readonly deviceId: string; readonly label: string }

export type LocalMediaState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'asking' }
  | {
      readonly phase: 'ready'
      readonly stream: MediaStream
      readonly isAudioMuted: boolean
      readonly isVideoMuted: boolean
      readonly hasCamera: boolean
      readonly hasMicrophone: boolean
      /** Why there is no picture or no sound, while the other one works. */
      readonly cameraFailure: DeviceFailure | null
      readonly microphoneFailure: DeviceFailure | null
    }
  | { readonly phase: 'failed'; readonly failure: DeviceFailure }

/** This person's camera and microphone. It outlives a call: the page that made it stops it. */
export type LocalMedia = Store<LocalMediaState> & {
  /** Asks for both; goes on with one where the other is missing. Never rejects: see the state. */
  readonly start: (choice?: DeviceChoice) => Promise<void>
  readonly setMuted: (kind: 'audio' | 'video', isMuted: boolean) => void
  /** Asks again for what the system withholds or has ended: after a locked screen or a phone call. */
  readonly takeBack: () => Promise<void>
  readonly stop: () => void
  /** Loudness of the microphone now, 0 to 1, for a meter that polls it. */
  readonly level: () => number
  readonly listDevices: () => Promise<{
    readonly cameras: readonly DeviceOption[]
    readonly microphones: readonly DeviceOption[]
  }>
}

/** What arrives from another seat. The stream object stays the same for the whole visit. */
export type RemoteSeat = {
  readonly seatId: string
  readonly stream: MediaStream
  readonly hasAudio: boolean
  readonly hasVideo: boolean
}

/** Whether the signalling connection stands. Media may flow while it does not. */
export type LinkPhase = 'connected' | 'reconnecting'
/** Whether this seat's media transports stand. */
export type MediaPhase = 'starting' | 'connected' | 'reconnecting'

export type SeatCallState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting'; readonly visitId: string }
  | {
      readonly phase: 'joined'
      readonly snapshot: VisitSnapshot
      readonly clock: VisitClock
      readonly remotes: readonly RemoteSeat[]
      readonly link: LinkPhase
      readonly media: MediaPhase
      /** How this page and its devices fare; DARK, SILENT, ENDED and INTERRUPTED have words. */
      readonly own: SeatReport
      /** What is not sent for now because the line is too poor for both (LV-9). */
      readonly ownHeld: HeldKind | null
    }
  | { readonly phase: 'ended'; readonly snapshot: VisitSnapshot }
  /** LV-4: this seat was taken over by another connection. */
  | { readonly phase: 'replaced' }
  | { readonly phase: 'refused'; readonly code: ErrorCode }

/** Instants of `performance.now()` (ms) in the course of one join; null until reached. */
export type CallTimings = {
  readonly joinAskedMs: number | null
  readonly joinedMs: number | null
  readonly sendIceMs: number | null
  readonly sendDtlsMs: number | null
  readonly receiveIceMs: number | null
  readonly receiveDtlsMs: number | null
  readonly firstConsumerMs: number | null
  /** First remote picture decoded and handed to a video element by `attachStream`. */
  readonly firstFrameMs: number | null
}

/** One seat's call, from join to end. */
export type SeatCall = Store<SeatCallState> & {
  /** Joins and stays joined through every interruption; what the state tells is all that is to know. */
  readonly join: (visitId: string, media: LocalMedia) => void
  /** Ends the visit for both sides. Rejects with a Refusal, or a Fault when the server cannot be reached. */
  readonly end: () => Promise<void>
  /** Says, as a whole, who of the own side is at this device (LV-3); each is then let in on their own. */
  readonly together: (seatIds: readonly string[]) => Promise<Reply>
  /** Whoever sits here has read an officer's warning (OV-5). */
  readonly acknowledge: (warningId: string) => Promise<Reply>
  /** Calls an officer, or with null takes the call back (OV-9); the state's snapshot has the answer. */
  readonly help: (need: HelpNeed | null) => Promise<Reply>
  /** Leaves, so that the seat may come back later; the other side is told at once. */
  readonly leave: () => void
  /** Lets go of everything without a word to the server; a later `join` begins anew. */
  readonly close: () => void
  readonly timings: () => CallTimings
  /** Calls `listener` with the figures of each second; gives back the way to stop. */
  readonly onSample: (listener: (sample: StatsSample) => void) => () => void
  /** What this person chose for the quality; a change takes effect at once. */
  readonly wishes: QualityWishStore
  /** Bytes that this call took so far, both directions, as a bill would count them. */
  readonly usedBytes: Store<number>
}

/** Proves, for one connection, that a terminal's key is at hand (TR-5); null: it cannot be proved now. */
export type ProveDevice = () => Promise<SocketProof | null>

export type SeatCallOptions = {
  /** On a terminal. */
  readonly proveDevice?: ProveDevice
  /** One browser can hold a visitor's sign-in and a terminal's: which of them speaks. */
  readonly signInAs: 'account' | 'inmate'
  /** Where the server is; the page's own origin if left out. */
  readonly origin?: string
  /** What this person chose; kept nowhere if left out. */
  readonly wishes?: QualityWishStore
}

export type WallState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting' }
  | {
      readonly phase: 'open'
      readonly visits: readonly WallVisit[]
      readonly focusVisitId: string | null
      /** Live pictures (and the focused tile's sound) by seat. */
      readonly streams: ReadonlyMap<string, MediaStream>
      /** Visits asked for that may not be watched, with the reason's code. */
      readonly refused: ReadonlyMap<string, ErrorCode>
      /** Figures of the connections of visits that were chosen, newest each (OV-9). */
      readonly quality: ReadonlyMap<string, readonly SeatQuality[]>
      readonly link: LinkPhase
    }
  | { readonly phase: 'refused'; readonly code: ErrorCode }

/** What an officer wants to see, as a whole. */
export type Watched = {
  /** With moving pictures. */
  readonly visitIds: readonly string[]
  /** With still ones. */
  readonly stillVisitIds: readonly string[]
  /** With moving pictures and sound. */
  readonly focusVisitId: string | null
  /** Whose figures are wanted; it may be one that nobody may watch. */
  readonly chosenVisitId: string | null
}

/** How an officer's act was received. */
export type Reply =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: ErrorCode; readonly context?: RefusalContext }

/** Why an officer looks at somebody again, or takes them out. */
export type LookAgainReason = (typeof LOOK_AGAIN_REASONS)[number]
export type RemovalReason = (typeof REMOVAL_REASONS)[number]
export type SeatRefusalReason = (typeof REFUSAL_REASONS)[number]
export type TerminationReason = (typeof TERMINATION_REASONS)[number]

/** An officer's wall of one facility. */
export type WallFeed = Store<WallState> &
  WallInterventions &
  WallCoverage & {
    readonly open: (facilityId: string) => void
    /** Says, as a whole, what is on screen and which visit has sound. May be called at each scroll. */
    readonly watch: (watched: Watched) => void
    /** A still picture of this seat is on screen until the returned function is called. */
    readonly holdStill: (still: StillOf) => () => void
    /** The newest still picture by seat. */
    readonly stills: KeyedStore<Still>
    /** The newest clock by visit, as told each second. */
    readonly clocks: KeyedStore<VisitClock>
    /** How loud each seat of a watched visit is now, 0 to 1; nothing known of SIGHT_ONLY and NONE (OV-2). */
    readonly levels: KeyedStore<number>
    readonly checkSeat: (visitId: string, seatId: string) => Promise<Reply>
    readonly admitSeat: (visitId: string, seatId: string) => Promise<Reply>
    readonly refuseSeat: (
      visitId: string,
      seatId: string,
      reason: SeatRefusalReason,
    ) => Promise<Reply>
    /** Answers a call for help; its caller is told. */
    readonly answerHelp: (visitId: string, seatId: string, answer: HelpAnswer) => Promise<Reply>
    /** Another look at somebody who is checked, admitted or in. */
    readonly putBackSeat: (
      visitId: string,
      seatId: string,
      reason: LookAgainReason,
    ) => Promise<Reply>
    /** Takes somebody out of the visit for good. */
    readonly removeSeat: (visitId: string, seatId: string, reason: RemovalReason) => Promise<Reply>
    readonly resumeVisit: (visitId: string) => Promise<Reply>
    /** Lets a visit that waits for its recorder go on without (RC-3). */
    readonly goOnUnrecorded: (visitId: string, reason: string) => Promise<Reply>
    /** Says whether a detector was right (LV-11). */
    readonly judgeAdvice: (
      visitId: string,
      adviceId: string,
      judgement: AdviceJudgement,
    ) => Promise<Reply>
    /** Makes a visit under way longer; a refusal's context says what somebody else has in that time. */
    readonly extendVisit: (visitId: string, minutes: 5 | 10) => Promise<Reply>
    /** `text`: the officer's own words, for the file. */
    readonly endVisit: (visitId: string, reason: TerminationReason, text?: string) => Promise<Reply>
    readonly close: () => void
  }

export type WallFeedOptions = { readonly origin?: string }

/** Whether some stream waits for a gesture before it plays. */
export type Playback = Store<{ readonly isBlocked: boolean }> & {
  /** Plays all that waits; call it from a click. */
  readonly retry: () => void
}

export type AttachOptions = {
  /** The browser wants a gesture before it plays sound: call `retry` from a click. */
  readonly onBlocked?: (retry: () => void) => void
  readonly onPlaying?: () => void
}
