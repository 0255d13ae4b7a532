import { NOTHING_USED, usedAfter } from './data-used.ts'
import { createHelpFigureBook } from './help-figures.ts'
import type { HelpFigureBook } from './help-figures.ts'
import type { StatsSample } from './stats-sampler.ts'
import { createStore } from './store.ts'
import type { Store } from './types.ts'

/** What becomes of a call's samples. */
export type CallFigures = {
  readonly hear: (sample: StatsSample) => void
  /** Another call begins; what was used stays used. */
  readonly beginAnew: () => void
  readonly helpFigures: HelpFigureBook['figures']
  readonly usedBytes: Store<number>
  readonly onSample: (listener: (sample: StatsSample) => void) => () => void
}

/** Counts what is used, keeps what an officer may want to know, and passes each sample on. */
export function createCallFigures(): CallFigures {
  const usedBytes = createStore(0)
  const listeners = new Set<(sample: StatsSample) => void>()
  let used = NOTHING_USED
  let help = createHelpFigureBook()
  return {
    usedBytes,
    hear(sample) {
      used = usedAfter(used, sample)
      usedBytes.setState(used.bytes)
      help.hear(sample)
      for (const listener of [...listeners]) listener(sample)
    },
    beginAnew() {
      help = createHelpFigureBook()
    },
    helpFigures: () => help.figures(),
    onSample(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
