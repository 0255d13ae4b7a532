import type { recorderEvents } from '@visavis/contract/recorder-control'
import type { Clock } from '@visavis/platform/clock'
import type { ControlServer } from '@visavis/platform/control-server'
import type { Logger } from '@visavis/platform/log'
import type { Registry } from '@visavis/platform/metrics'
import type { ObjectStore, ObjectStoreConfig } from '@visavis/platform/object-store/index'
import type { Ffmpeg } from './derive/ffmpeg.ts'
import type { Deriver } from './derive/deriver.ts'
import type { Finisher } from './finish/finisher.ts'
import type { KeyRing } from './key-ring.ts'
import type { Receiver } from './receive/receiver.ts'
import type { RecordingBook } from './recording-book.ts'
import type { RecordingHeads } from './recording-heads.ts'

export type RecorderOptions = {
  /** Owned by one recorder alone: a second one would take its open journals for orphans. */
  readonly dataDir: string
  readonly listenAddress: string
  readonly grantSecret: string
  readonly store: ObjectStore
  /** The same store, for threads that open it anew. */
  readonly storeConfig: ObjectStoreConfig
  /** Looks for it once. */
  readonly findFfmpeg: () => Promise<Ffmpeg | null>
  readonly clock: Clock
  readonly tell: ControlServer<typeof recorderEvents>['tell']
  readonly log: Logger
  /** Where its figures go. */
  readonly metrics: Registry
}

/** What a recorder's commands work with. */
export type RecorderKit = RecorderOptions & {
  readonly book: RecordingBook
  readonly heads: RecordingHeads
  readonly keys: KeyRing
  readonly receiver: Receiver
  readonly finisher: Finisher
  readonly deriver: Deriver
  /** Copies that are being made. */
  readonly copies: Set<string>
  readonly closing: AbortController
}
