import { backOffMs } from './back-off.ts'

/**
 * How a run came out: done; try again after a pause; or wait until somebody asks, because nothing
 * can work before (the link is down).
 */
export type RunResult = 'done' | 'retry' | 'wait'

/** Runs one task whenever it is asked for, and never two at a time. */
export type Reruns = {
  /** Wants a run that begins after now. Asks during a run make exactly one more; an ask ends a pause. */
  readonly ask: () => void
  readonly close: () => void
}

type Phase =
  | { readonly name: 'idle' }
  | { readonly name: 'running'; readonly isAskedAgain: boolean }
  | { readonly name: 'pausing'; readonly timer: ReturnType<typeof setTimeout> }
  | { readonly name: 'closed' }

/**
 * The one place where a call's joining and rebuilding is put in order: a second rebuild waits for the
 * first one's end and then sees what it left. A task must not reject; one that does is retried.
 */
export function createReruns(
  task: () => Promise<RunResult>,
  delayMs: (attempt: number) => number = backOffMs,
): Reruns {
  let phase: Phase = { name: 'idle' }
  let failures = 0

  const run = (): void => {
    phase = { name: 'running', isAskedAgain: false }
    task().then(settle, () => settle('retry'))
  }
  const settle = (result: RunResult): void => {
    if (phase.name !== 'running') return
    failures = result === 'retry' ? failures + 1 : 0
    if (phase.isAskedAgain) {
      run()
      return
    }
    phase =
      result === 'retry'
        ? { name: 'pausing', timer: setTimeout(run, delayMs(failures - 1)) }
        : { name: 'idle' }
  }
  return {
    ask() {
      if (phase.name === 'running') phase = { name: 'running', isAskedAgain: true }
      if (phase.name === 'pausing') clearTimeout(phase.timer)
      if (phase.name === 'pausing' || phase.name === 'idle') run()
    },
    close() {
      if (phase.name === 'pausing') clearTimeout(phase.timer)
      phase = { name: 'closed' }
    },
  }
}
