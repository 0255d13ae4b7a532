import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Database } from '@visavis/prisma'
import { createSerialQueue } from '../../platform/serial-queue.ts'
import { createSignal } from '../../platform/signal.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { Rooms } from '../rooms/index.ts'
import type { LiveVisits } from '../visits/index.ts'
import {
  forwardTracks,
  reconcileRecorder,
  recordingFailed,
  recordingFinished,
  tellLostRecorder,
} from './recorder-events.ts'
import { connectRecorders } from './recorder-links.ts'
import type { RecorderLinks } from './recorder-links.ts'
import type { RecordingDesk } from './recording-desk.ts'
import { createRecordingLog } from './recording-log.ts'
import { settleRecording } from './settle-recording.ts'
import { createWritingRepo } from './writing.repo.ts'

/** The recordings of the visits of this server, while they are made. */
export type LiveRecordings = {
  /** Whether a recorder that can be reached gets the visit's media now. */
  readonly isBeingRecorded: (visitId: string) => boolean
  readonly changed: Signal<{ visitId: string }>
  /** Resolves when the visit's recording has become what it should be; never rejects. */
  readonly settle: (visitId: string) => Promise<void>
  readonly health: RecorderLinks['health']
  readonly close: () => void
}

/** A visit that should be recorded and is not is tried again this often (RC-3). */
const RETRY_MS = 5_000

type Deps = {
  readonly urls: readonly string[]
  readonly controlSecret: string
  readonly grantSecret: string
  readonly db: Database
  readonly transact: Transact
  readonly audit: Audit
  readonly newId: () => string
  readonly visits: LiveVisits
  readonly rooms: Rooms
  readonly clock: Clock
  readonly log: Logger
}

export function createLiveRecordings(deps: Deps): LiveRecordings {
  const { visits, rooms } = deps
  const desk = createDesk(deps, () => links)
  const { settle, settleAll, inTurn } = createTurns(desk)
  const links: RecorderLinks = connectRecorders({
    urls: deps.urls,
    secret: deps.controlSecret,
    log: deps.log,
    hooks: {
      reached: (link, recordings) => reconcileRecorder(desk, link, recordings),
      ready: settleAll,
      lost: (link) => tellLostRecorder(desk, link),
      finished: (recording) => inTurn(recording.visitId, () => recordingFinished(desk, recording)),
      failed: (failure) => inTurn(failure.visitId, () => recordingFailed(desk, failure)),
    },
  })
  visits.acts.changed.on(({ visit }) => void settle(visit.visitId))
  rooms.signals.placed.on(({ visitId }) => void settle(visitId))
  rooms.signals.found.on(({ visitId }) => void settle(visitId))
  forwardTracks(desk)
  const timer = setInterval(settleAll, RETRY_MS)
  return {
    isBeingRecorded: (visitId) =>
      desk.tapped.has(visitId) && (desk.going.get(visitId)?.link.isConnected() ?? false),
    changed: desk.changed,
    settle,
    health: () => links.health(),
    close: () => {
      clearInterval(timer)
      links.close()
    },
  }
}

function createDesk(deps: Deps, links: () => RecorderLinks): RecordingDesk {
  return {
    ...deps,
    going: new Map(),
    tapped: new Set(),
    missing: new Set(),
    changed: createSignal(),
    links,
    store: createRecordingLog({ ...deps, repo: createWritingRepo(deps.db) }),
    readyBy: new Date(deps.clock.now().getTime() + RETRY_MS),
  }
}

/** One thing at a time for each visit's recording; nothing here rejects. */
function createTurns(desk: RecordingDesk) {
  const queue = createSerialQueue()
  const run = (visitId: string, work: () => Promise<void>): Promise<void> =>
    queue.run(visitId, work).catch((error: unknown) => {
      desk.log.error({ visitId, err: error }, 'recording is not as it should be')
    })
  const settle = (visitId: string): Promise<void> =>
    run(visitId, () => settleRecording(desk, visitId))
  return {
    settle,
    settleAll: (): void => {
      desk.visits.open().forEach(({ visitId }) => void settle(visitId))
    },
    inTurn: (visitId: string, work: () => Promise<void>): void => {
      void run(visitId, work)
      void settle(visitId)
    },
  }
}
