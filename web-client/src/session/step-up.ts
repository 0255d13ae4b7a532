import type { Result } from '@visavis/ui'

/** Where whoever needs a fresh proof of the person waits for it; one dialog answers all of them. */
export type ProofDesk = {
  /** Settles with whether the person has proved themselves; asked by several at once, it is one question. */
  readonly ask: () => Promise<boolean>
  readonly answer: (isProved: boolean) => void
  /** Whether somebody waits, for the dialog. */
  readonly getState: () => boolean
  readonly subscribe: (listener: () => void) => () => void
}

/** Nobody waits at first. */
export function createProofDesk(): ProofDesk {
  const listeners = new Set<() => void>()
  let waiting: Waiting | null = null
  const tell = (): void => listeners.forEach((listener) => listener())
  return {
    ask() {
      if (waiting !== null) return waiting.promise
      waiting = newWaiting()
      const { promise } = waiting
      tell()
      return promise
    },
    answer(isProved) {
      waiting?.settle(isProved)
      waiting = null
      tell()
    },
    getState: () => waiting !== null,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

type Waiting = {
  readonly promise: Promise<boolean>
  readonly settle: (isProved: boolean) => void
}

function newWaiting(): Waiting {
  let settle: Waiting['settle'] = () => undefined
  const promise = new Promise<boolean>((resolve) => {
    settle = resolve
  })
  return { promise, settle }
}

/** Anything that can be refused for want of a fresh proof. */
type Answer = { readonly ok: true } | { readonly ok: false; readonly code: string }

/**
 * Does an act; where the server wants a fresh proof first, asks for it and does the act once more. A person
 * who gives none gets the refusal: nothing was done.
 */
export async function withProof<Settled extends Answer | Result<unknown>>(
  desk: ProofDesk,
  act: () => Promise<Settled>,
): Promise<Settled> {
  const answer = await act()
  if (answer.ok || answer.code !== 'STEP_UP_REQUIRED') return answer
  return (await desk.ask()) ? act() : answer
}
