import type { ErrorCode } from '@visavis/contract/errors'
import type { DisableReason } from '@visavis/contract/terminal-health'
import type { VisitSnapshot } from '@visavis/contract/visit'
import type { FailureCode } from '@visavis/ui'
import type { Reply } from '@visavis/ui/api/api.ts'
import type { JoinedState, VisitOfMine, VisitView } from '@visavis/ui/visit/index.ts'

/** Who is signed in: the first name to greet with, and a BCP 47 language. */
export type SignedInInmate = { readonly displayName: string; readonly language: string }

/** Whom a terminal that was restarted finds signed in, and by which of the two sign-ins. */
export type FoundInmate = SignedInInmate & { readonly isDeskSignIn: boolean }

/** The parts of what an inmate does here without a visit. */
export type DeskSection = 'home' | 'visits' | 'requests' | 'notices' | 'ring' | 'recorded'

/** Whom an inmate may ring. */
export type Contact = Reply<'terminalRequests'>['contacts'][number]

/** A ring in progress: the visit it is for, and until when (ISO instant) it may be answered. */
export type Ringing = Reply<'ringVisitor'> & { readonly contact: Contact }

/** How a ring ended (BK-8). */
export type RingEnd = Exclude<Reply<'ring'>['state'], 'RINGING'>
/** Ends of which the inmate must be told: who takes a ring back knows it. */
export type ToldRingEnd = Exclude<RingEnd, 'TAKEN_BACK'>

type WithInmate = { readonly inmate: SignedInInmate }
type WithVisit = WithInmate & { readonly visit: VisitOfMine }

/** What the terminal shows. Nobody's name exists on a screen before the PIN. */
export type Screen =
  | { readonly step: 'starting' }
  | {
      readonly step: 'outOfService'
      readonly code: FailureCode
      /** Why staff took it out of service, as far as it is known. */
      readonly reason?: DisableReason | null
    }
  | { readonly step: 'enrol' }
  | { readonly step: 'attract' }
  | { readonly step: 'pin' }
  /** Number and PIN, for requests and notices and never for media. */
  | { readonly step: 'deskSignIn' }
  | ({ readonly step: 'desk'; readonly section: DeskSection } & WithInmate)
  | ({ readonly step: 'ringing'; readonly ring: Ringing } & WithInmate)
  | ({ readonly step: 'rang'; readonly ring: Ringing; readonly end: ToldRingEnd } & WithInmate)
  | ({ readonly step: 'myVisits' } & WithInmate)
  | ({ readonly step: 'ready' } & WithVisit)
  /** No snapshot while the connection is being made. */
  | ({ readonly step: 'lobby'; readonly snapshot: VisitSnapshot | null } & WithVisit)
  | ({ readonly step: 'call'; readonly joined: JoinedState } & WithVisit)
  /** The visit cannot be joined, or not from here, or not by this person. */
  | ({ readonly step: 'halted'; readonly code: ErrorCode } & WithVisit)
  | ({ readonly step: 'ended'; readonly snapshot: VisitSnapshot } & WithVisit)

export type Step = Screen['step']

/** Everything that leads from one screen to another. */
export type Happening =
  | { readonly what: 'terminalFound'; readonly inmate: FoundInmate | null }
  /** Staff took the terminal out of service; `mayFinish`: the visit that runs here goes on. */
  | {
      readonly what: 'disabled'
      readonly reason: DisableReason | null
      readonly mayFinish: boolean
    }
  /** A request was refused or did not get through. */
  | { readonly what: 'requestFailed'; readonly code: FailureCode }
  | { readonly what: 'startPressed' }
  | { readonly what: 'signedIn'; readonly inmate: SignedInInmate }
  | { readonly what: 'deskPressed' }
  | { readonly what: 'sectionChosen'; readonly section: DeskSection }
  | { readonly what: 'ringStarted'; readonly ring: Ringing }
  | { readonly what: 'ringEnded'; readonly end: RingEnd }
  /** The sign-in at the desk has become that of the visit that was answered (TR-5). */
  | { readonly what: 'ringEntered' }
  | { readonly what: 'visitChosen'; readonly visit: VisitOfMine }
  | { readonly what: 'readyPressed' }
  | { readonly what: 'callMoved'; readonly view: VisitView }
  | { readonly what: 'rejoinPressed' }
  | { readonly what: 'backPressed' }
  /** Done, signed out, or nobody there any more. */
  | { readonly what: 'reset' }

export type Tell = (happening: Happening) => void

export const STARTING: Screen = { step: 'starting' }
const ATTRACT: Screen = { step: 'attract' }

type HappeningOf<What extends Happening['what']> = Extract<Happening, { readonly what: What }>

/** Where each happening leads from each screen; back to the same object where it has no place. */
const MOVES: {
  readonly [What in Happening['what']]: (screen: Screen, happening: HappeningOf<What>) => Screen
} = {
  terminalFound: (screen, { inmate }) => {
    if (!isBeforeStart(screen)) return screen
    if (inmate === null) return ATTRACT
    // A terminal that was restarted goes on with its person, in a visit (LV-8) or at the desk.
    return inmate.isDeskSignIn
      ? { step: 'desk', section: 'home', inmate }
      : { step: 'myVisits', inmate }
  },
  disabled: afterDisabling,
  requestFailed: (screen, { code }) => afterFailure(screen, code),
  startPressed: (screen) => (screen.step === 'attract' ? { step: 'pin' } : screen),
  signedIn: (screen, { inmate }) => {
    if (screen.step === 'deskSignIn') return { step: 'desk', section: 'home', inmate }
    return screen.step === 'pin' ? { step: 'myVisits', inmate } : screen
  },
  deskPressed: (screen) => (screen.step === 'attract' ? { step: 'deskSignIn' } : screen),
  sectionChosen: (screen, { section }) =>
    screen.step === 'desk' ? { ...screen, section } : screen,
  ringStarted: (screen, { ring }) =>
    screen.step === 'desk' ? { step: 'ringing', inmate: screen.inmate, ring } : screen,
  ringEnded: (screen, { end }) => {
    if (screen.step !== 'ringing') return screen
    const { inmate, ring } = screen
    if (end === 'TAKEN_BACK') return { step: 'desk', section: 'ring', inmate }
    return { step: 'rang', inmate, ring, end }
  },
  ringEntered: (screen) => {
    const isAnswered = screen.step === 'rang' && screen.end === 'ANSWERED'
    return isAnswered ? { step: 'myVisits', inmate: screen.inmate } : screen
  },
  visitChosen: (screen, { visit }) =>
    screen.step === 'myVisits' ? { step: 'ready', inmate: screen.inmate, visit } : screen,
  readyPressed: (screen) => (screen.step === 'ready' ? toLobby(screen, null) : screen),
  callMoved: (screen, { view }) => afterCallMoved(screen, view),
  rejoinPressed: (screen) => (screen.step === 'halted' ? toLobby(screen, null) : screen),
  backPressed: afterBack,
  reset: (screen) => (isBeforeStart(screen) ? screen : ATTRACT),
}

/**
 * The whole flow of the terminal. A happening that has no place on the present screen changes nothing
 * and gives back the same object: late answers are no error.
 */
export function nextScreen(screen: Screen, happening: Happening): Screen {
  const move = MOVES[happening.what] as (screen: Screen, happening: Happening) => Screen
  return move(screen, happening)
}

/** Whoever is signed in on this screen. */
export function inmateOf(screen: Screen): SignedInInmate | null {
  return 'inmate' in screen ? screen.inmate : null
}

/** Screens of a device that is not (yet) at anybody's service. */
function isBeforeStart({ step }: Screen): boolean {
  return step === 'starting' || step === 'outOfService' || step === 'enrol'
}

const SIGN_IN_LOST: ReadonlySet<FailureCode> = new Set([
  'NOT_SIGNED_IN',
  'SESSION_EXPIRED',
  'SESSION_ENDED',
])

function afterFailure(screen: Screen, code: FailureCode): Screen {
  if (code === 'TERMINAL_NOT_ENROLLED') return screen.step === 'enrol' ? screen : { step: 'enrol' }
  if (code === 'TERMINAL_DISABLED') return outOfService(screen, code)
  if (SIGN_IN_LOST.has(code)) return inmateOf(screen) ? ATTRACT : screen
  // Further on, the screen itself says what went wrong and offers to try again.
  return isIdle(screen) ? outOfService(screen, code) : screen
}

function isIdle({ step }: Screen): boolean {
  return step === 'starting' || step === 'outOfService' || step === 'attract'
}

function outOfService(screen: Screen, code: FailureCode): Screen {
  const isSame = screen.step === 'outOfService' && screen.code === code
  return isSame ? screen : { step: 'outOfService', code }
}

/** In a visit: from the check of the camera to its end. */
const IN_VISIT: ReadonlySet<Step> = new Set([
  'myVisits',
  'ready',
  'lobby',
  'call',
  'halted',
  'ended',
])

function afterDisabling(screen: Screen, { reason, mayFinish }: HappeningOf<'disabled'>): Screen {
  if (screen.step === 'enrol' || (mayFinish && IN_VISIT.has(screen.step))) return screen
  const isSame = screen.step === 'outOfService' && screen.reason === reason
  return isSame ? screen : { step: 'outOfService', code: 'TERMINAL_DISABLED', reason }
}

function afterBack(screen: Screen): Screen {
  if (screen.step === 'pin' || screen.step === 'deskSignIn') return ATTRACT
  if (screen.step === 'desk') {
    return screen.section === 'home' ? screen : { ...screen, section: 'home' }
  }
  if (screen.step === 'rang') return { step: 'desk', section: 'ring', inmate: screen.inmate }
  const hasWayBack = screen.step === 'ready' || screen.step === 'lobby' || screen.step === 'halted'
  return hasWayBack ? { step: 'myVisits', inmate: screen.inmate } : screen
}

function toLobby({ inmate, visit }: WithVisit, snapshot: VisitSnapshot | null): Screen {
  return { step: 'lobby', inmate, visit, snapshot }
}

function afterCallMoved(screen: Screen, view: VisitView): Screen {
  if (screen.step !== 'lobby' && screen.step !== 'call') return screen
  const { inmate, visit } = screen
  switch (view.kind) {
    case 'connecting':
      return screen
    case 'lobby':
      return toLobby(screen, view.snapshot)
    case 'call':
      return { step: 'call', inmate, visit, joined: view.joined }
    case 'ended':
      return { step: 'ended', inmate, visit, snapshot: view.snapshot }
    case 'turnedAway':
      return { step: 'halted', inmate, visit, code: 'SEAT_REFUSED' }
    case 'replaced':
      return { step: 'halted', inmate, visit, code: 'SEAT_REPLACED' }
    case 'refused':
      return afterJoinRefused(screen, view.code)
  }
}

function afterJoinRefused(screen: Extract<Screen, WithVisit>, code: ErrorCode): Screen {
  const next = afterFailure(screen, code)
  if (next !== screen) return next
  return { step: 'halted', inmate: screen.inmate, visit: screen.visit, code }
}
