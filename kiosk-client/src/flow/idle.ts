import type { Step } from './screens.ts'

const SECOND_MS = 1000

/** How long a screen waits for a touch before the terminal belongs to nobody again. */
export type IdleLimit = {
  readonly resetAfterMs: number
  /** So long before the end the person is asked; 0 where nothing would be lost. */
  readonly warnBeforeMs: number
}

/** WCAG 2.2.1: at least twenty seconds to say that one is still there. */
const WARN_BEFORE_MS = 20_000
/** Long enough to read a page slowly, short enough that the next in line is not kept waiting. */
const AT_A_FORM: IdleLimit = { resetAfterMs: 60_000, warnBeforeMs: WARN_BEFORE_MS }
/** The outcome is read; its whole time is counted down in sight. */
const AT_THE_END: IdleLimit = { resetAfterMs: 30_000, warnBeforeMs: 30_000 }
/** On the start screen only a language that somebody chose is put back. */
const AT_THE_START: IdleLimit = { resetAfterMs: 60_000, warnBeforeMs: 0 }

const LIMITS: Readonly<Record<Step, IdleLimit | null>> = {
  starting: null,
  outOfService: null,
  enrol: null,
  attract: AT_THE_START,
  pin: AT_A_FORM,
  deskSignIn: AT_A_FORM,
  desk: AT_A_FORM,
  // It ends by itself after 45 seconds (BK-8).
  ringing: null,
  rang: AT_A_FORM,
  myVisits: AT_A_FORM,
  ready: AT_A_FORM,
  // Waiting and talking need no touch; the visit's own end comes for whoever walked away.
  lobby: null,
  call: null,
  halted: AT_A_FORM,
  ended: AT_THE_END,
}

/** The limit of a step; always the same object for the same kind of screen. Null: it never resets. */
export function idleLimitOf(step: Step): IdleLimit | null {
  return LIMITS[step]
}

/** Whole seconds left once the person is to be warned, 0 when time is up, null before. */
export function secondsLeft(
  idleMs: number,
  { resetAfterMs, warnBeforeMs }: IdleLimit,
): number | null {
  const leftMs = resetAfterMs - idleMs
  if (leftMs <= 0) return 0
  return leftMs <= warnBeforeMs ? Math.ceil(leftMs / SECOND_MS) : null
}
