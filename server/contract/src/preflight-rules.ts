/**
 * What a test of devices and network found (LV-10), and what follows from it. Free of zod: the pages
 * judge by the same rule as the server that stores it.
 */

/** How a microphone or camera fared: it works, it gives nothing, or why there is none. */
export const MICROPHONE_STATES = ['OK', 'SILENT', 'DENIED', 'MISSING', 'IN_USE', 'FAILED'] as const
export const CAMERA_STATES = ['OK', 'DARK', 'DENIED', 'MISSING', 'IN_USE', 'FAILED'] as const
/** Whether the person heard the test sound; `UNASKED`: nobody was asked. */
export const SPEAKER_STATES = ['HEARD', 'UNHEARD', 'UNASKED'] as const
/** Whether a way to the SFU is open; `UNTRIED`: the test ended before, or had no use for it. */
export const PATH_STATES = ['OPEN', 'BLOCKED', 'UNTRIED'] as const

export type PathState = (typeof PATH_STATES)[number]

/** Figures of some seconds in which this device's own sound and picture came back through the SFU. */
export type LoopFigures = {
  readonly ms: number
  readonly protocol: 'udp' | 'tcp'
  readonly isRelayed: boolean
  /** Null where the browser could not measure it. */
  readonly roundTripMs: number | null
  readonly jitterMs: number | null
  /** Shares of packets lost on the way to us and back, 0 to 1. */
  readonly lossUp: number
  readonly lossDown: number
  /** Bits per second that really flowed. */
  readonly upBps: number
  readonly downBps: number
  /** What the browser believes the way to us can carry; null where it does not say. */
  readonly capacityBps: number | null
}

/** All that one test found. */
export type PreflightFindings = {
  readonly microphone: (typeof MICROPHONE_STATES)[number]
  readonly camera: (typeof CAMERA_STATES)[number]
  readonly speaker: (typeof SPEAKER_STATES)[number]
  readonly udp: PathState
  readonly tcp: PathState
  /** Through a relay, tried only where nothing else is open. */
  readonly relay: PathState
  /** Null when no way through was found, or nothing came back. */
  readonly loop: LoopFigures | null
}

export const LIGHTS = ['GREEN', 'AMBER', 'RED'] as const
export type Light = (typeof LIGHTS)[number]

/** Without these there is no visit, whatever else works. */
const ALWAYS_RED = [
  'NO_WAY_THROUGH',
  'NOTHING_CAME_BACK',
  'MICROPHONE_DENIED',
  'MICROPHONE_MISSING',
  'MICROPHONE_IN_USE',
  'LOSS_HIGH',
  'ANSWERS_VERY_LATE',
  'LINE_TOO_NARROW',
] as const
/** At home a visit with sound only is possible; a terminal without a picture is broken. */
const RED_AT_THE_FACILITY = ['CAMERA_DENIED', 'CAMERA_MISSING', 'CAMERA_IN_USE'] as const

/** What stands in the way of a good visit, the worst first; each has words with a way out. */
export const PREFLIGHT_PROBLEMS = [
  ...ALWAYS_RED,
  ...RED_AT_THE_FACILITY,
  'SPEAKER_UNHEARD',
  'MICROPHONE_SILENT',
  'CAMERA_DARK',
  'LOSS',
  'ANSWERS_LATE',
  'LINE_NARROW',
  'ONLY_RELAY',
  'ONLY_TCP',
] as const
export type PreflightProblem = (typeof PREFLIGHT_PROBLEMS)[number]

/** Whose device it is: at a facility nobody can mend it in the minute before the visit. */
export const PREFLIGHT_DEVICES = ['PHONE', 'COMPUTER', 'ROOM', 'TERMINAL'] as const
export type PreflightDevice = (typeof PREFLIGHT_DEVICES)[number]

/** Why a test ran: somebody asked for it, or the terminal did by itself. */
export const PREFLIGHT_CAUSES = ['ASKED', 'NIGHTLY', 'BEFORE_VISIT'] as const
export type PreflightCause = (typeof PREFLIGHT_CAUSES)[number]

/** What people are told of a test, and staff see of it. */
export type Judgement = { readonly light: Light; readonly problems: readonly PreflightProblem[] }

/** Opus hides single losses; from a tenth on speech breaks up. */
const LOSS_SEEN = 0.03
const LOSS_TOO_HIGH = 0.1
/** Above 300 ms people begin to speak at once; above 800 ms they cannot talk with each other. */
const LATE_MS = 300
const VERY_LATE_MS = 800
/** A clear face at 360p with sound; and sound with the smallest picture. */
const GOOD_BPS = 350_000
const LEAST_BPS = 60_000
/** Sound alone, at the lowest rate that is still speech. */
const LEAST_SOUND_BPS = 24_000

/** The traffic light and what to mend, the worst first. Pure and total. */
export function judgePreflight(findings: PreflightFindings, device: PreflightDevice): Judgement {
  const found = new Set<PreflightProblem | null>([
    ...deviceProblems(findings),
    ...wayProblems(findings),
    ...loopProblems(findings),
  ])
  const problems = PREFLIGHT_PROBLEMS.filter((problem) => found.has(problem))
  const red: readonly PreflightProblem[] =
    device === 'TERMINAL' ? [...ALWAYS_RED, ...RED_AT_THE_FACILITY] : ALWAYS_RED
  if (problems.some((problem) => red.includes(problem))) return { light: 'RED', problems }
  return { light: problems.length > 0 ? 'AMBER' : 'GREEN', problems }
}

/** Whether sound can be had only, since there is no camera to be used. */
export function isSoundOnly({ camera }: Pick<PreflightFindings, 'camera'>): boolean {
  return camera !== 'OK' && camera !== 'DARK'
}

const OF_MICROPHONE = {
  OK: null,
  SILENT: 'MICROPHONE_SILENT',
  DENIED: 'MICROPHONE_DENIED',
  MISSING: 'MICROPHONE_MISSING',
  IN_USE: 'MICROPHONE_IN_USE',
  FAILED: 'MICROPHONE_MISSING',
} as const
const OF_CAMERA = {
  OK: null,
  DARK: 'CAMERA_DARK',
  DENIED: 'CAMERA_DENIED',
  MISSING: 'CAMERA_MISSING',
  IN_USE: 'CAMERA_IN_USE',
  FAILED: 'CAMERA_MISSING',
} as const

function deviceProblems(findings: PreflightFindings): (PreflightProblem | null)[] {
  const { microphone, camera, speaker } = findings
  return [
    OF_MICROPHONE[microphone],
    OF_CAMERA[camera],
    speaker === 'UNHEARD' ? 'SPEAKER_UNHEARD' : null,
  ]
}

function wayProblems({ udp, tcp, relay }: PreflightFindings): (PreflightProblem | null)[] {
  if (udp === 'OPEN') return []
  if (tcp === 'OPEN') return ['ONLY_TCP']
  return [relay === 'OPEN' ? 'ONLY_RELAY' : 'NO_WAY_THROUGH']
}

function loopProblems(findings: PreflightFindings): (PreflightProblem | null)[] {
  const { loop, udp, tcp, relay } = findings
  const isOpen = [udp, tcp, relay].includes('OPEN')
  if (loop === null) return [isOpen ? 'NOTHING_CAME_BACK' : null]
  return [
    lossProblem(Math.max(loop.lossUp, loop.lossDown)),
    delayProblem(loop.roundTripMs),
    rateProblem(loop, isSoundOnly(findings)),
  ]
}

function lossProblem(share: number): PreflightProblem | null {
  if (share >= LOSS_TOO_HIGH) return 'LOSS_HIGH'
  return share >= LOSS_SEEN ? 'LOSS' : null
}

function delayProblem(roundTripMs: number | null): PreflightProblem | null {
  if (roundTripMs === null || roundTripMs < LATE_MS) return null
  return roundTripMs < VERY_LATE_MS ? 'ANSWERS_LATE' : 'ANSWERS_VERY_LATE'
}

/**
 * A dark room needs few bits: what flowed counts against a line only where it is too little for sound. How
 * much more there would be room for is known of the way to us, where the browser says it.
 */
function rateProblem(
  { upBps, downBps, capacityBps }: LoopFigures,
  isSound: boolean,
): PreflightProblem | null {
  if (downBps < LEAST_SOUND_BPS) return 'LINE_TOO_NARROW'
  const line = Math.max(upBps, capacityBps ?? upBps)
  if (line < (isSound || capacityBps === null ? LEAST_SOUND_BPS : LEAST_BPS)) {
    return 'LINE_TOO_NARROW'
  }
  return !isSound && capacityBps !== null && line < GOOD_BPS ? 'LINE_NARROW' : null
}
