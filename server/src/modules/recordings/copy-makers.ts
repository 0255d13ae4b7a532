import type { DerivativeJob } from '@visavis/contract/recorder-control'
import { Refusal } from '@visavis/contract/errors'
import type { z } from 'zod'
import { createSignal } from '../../platform/signal.ts'
import type { Signal } from '../../platform/signal.ts'
import type { CopySignals, RecorderLinks } from './recorder-links.ts'

/** Recorders, as those who make copies of finished recordings. */
export type CopyMakers = CopySignals & {
  /**
   * Has a ready recorder make a copy; the same job again changes nothing. Refuses RECORDER_UNAVAILABLE when
   * there is none, and what the recorder refuses.
   */
  readonly derive: (job: z.input<typeof DerivativeJob>) => Promise<void>
  /** A recorder was (again) reached: what was asked of it before may be lost. */
  readonly ready: Signal<null>
}

export function createCopyMakers(links: () => RecorderLinks): CopyMakers {
  return {
    progressed: createSignal(),
    made: createSignal(),
    failed: createSignal(),
    ready: createSignal(),
    async derive(job) {
      const link = links().pick(() => 0)
      if (!link) throw new Refusal('RECORDER_UNAVAILABLE')
      await link.call('derive', { job })
    },
  }
}
