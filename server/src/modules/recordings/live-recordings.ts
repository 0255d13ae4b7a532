import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Database } from '@visavis/prisma'
import { createSerialQueue } from '../../platform/serial-queue.ts'
import { createSignal } from '../../platform/signal.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { createPolicy } from '../policy/index.ts'
import type { Rooms } from '../rooms/index.ts'
import type { LiveVisits, VisitRecord } from '../visits/index.ts'
import { createCopyMakers } from './copy-makers.ts'
import type { CopyMakers } from './copy-makers.ts'
import { createHeadKeeper } from './heads.service.ts'
import { createHeadsRepo } from './heads.repo.ts'
import { forwardNotes } from './journal-notes.ts'
import {
  forwardTracks,
  reconcileRecorder,
  recordingFailed,
  recordingFinished,
  tellLostRecorder,
} from './recorder-events.ts'
import { createRecorderOutages } from './recorder-outages.ts'
import { connectRecorders } from './recorder-links.ts'
import type { RecorderLinks } from './recorder-links.ts'
import { sealIfEnded } from './recording-desk.ts'
import type { RecordingDesk, TakeResult } from './recording-desk.ts'
import type { RecordingKeys } from './recording-keys.ts'
import { createRecordingLog } from './recording-log.ts'
import { isBeingRecorded, standingOf } from './recording-standing.ts'
import { createRetries } from './retries.ts'
import { settleRecording } from './settle-recording.ts'
import { recordableClass } from './writing-rules.ts'
import { createWritingRepo } from './writing.repo.ts'

/** The recordings of the visits of this server, while they are made. */
export type LiveRecordings = {
  /** Whether a recorder that can be reached gets the visit's media now. */
  readonly isBeingRecorded: (visitId: string) => boolean
  readonly changed: Signal<{ visitId: string }>
  /** Resolves when the visit's recording has become what it should be; never rejects. */
  readonly settle: (visitId: string) => Promise<void>
  /** Recorders, as those who make copies of finished recordings. */
  readonly copies: CopyMakers
  readonly health: RecorderLinks['health']
  /** Stores how far each recording was heard to be, and lets go of the recorders; they go on. */
  readonly close: () => Promise<void>
}

/** A visit that should be recorded and is not is tried again this often (RC-3). */
const RETRY_MS = 5_000

type Deps = {
  readonly urls: readonly string[]
  readonly controlSecret: string
  readonly grantSecret: string
  readonly keys: RecordingKeys
  /** Makes what belongs to the files of a finished recording; safe to run twice. */
  readonly takeResult: TakeResult
  readonly alarm: RecordingDesk['alarm']
  readonly sealAgain: RecordingDesk['sealAgain']
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
  const { visits } = deps
  const desk: RecordingDesk = createDesk(deps, { links: () => links, settle: (id) => settle(id) })
  const { settle, settleAll, inTurn } = createTurns(desk)
  const copies = createCopyMakers(() => links)
  const links: RecorderLinks = connectRecorders({
    urls: deps.urls,
    secret: deps.controlSecret,
    log: deps.log,
    hooks: {
      reached: (link, recordings) => reconcileRecorder(desk, link, recordings),
      ready: () => {
        settleAll()
        copies.ready.emit(null)
      },
      lost: (link) => tellLostRecorder(desk, link),
      head: desk.heads.note,
      finished: (told) => inTurn(told.visitId, () => recordingFinished(desk, told)),
      failed: (link, told) => inTurn(told.visitId, () => recordingFailed(desk, link, told)),
      copies,
    },
  })
  visits.recorder.attach((visitId, now) => standingOf(desk, visitId, now))
  followVisits(desk, { visits, rooms: deps.rooms, settle, inTurn })
  const timer = setInterval(() => {
    settleAll()
    // Whoever has waited for half a minute by now asks for an officer's word: the walls show it (RC-3).
    for (const visitId of desk.awaited.keys()) desk.changed.emit({ visitId })
  }, RETRY_MS)
  return {
    isBeingRecorded: (visitId) => isBeingRecorded(desk, visitId),
    changed: desk.changed,
    settle,
    copies,
    health: () => links.health(),
    async close() {
      clearInterval(timer)
      desk.retries.close()
      links.close()
      await desk.heads.close()
    },
  }
}

type Ways = {
  readonly links: () => RecorderLinks
  readonly settle: (visitId: string) => Promise<void>
}

function createDesk(deps: Deps, { links, settle }: Ways): RecordingDesk {
  const { db, clock, log } = deps
  const resting = new Set<string>()
  return {
    ...deps,
    going: new Map(),
    tapped: new Set(),
    awaited: new Map(),
    changed: createSignal(),
    links,
    store: createRecordingLog({
      ...deps,
      repo: createWritingRepo(db),
      policy: createPolicy(db, clock),
    }),
    heads: createHeadKeeper({ ...deps, repo: createHeadsRepo(db) }),
    retries: createRetries(log),
    outages: createRecorderOutages(log),
    resting,
    rest(visitId) {
      resting.add(visitId)
      setTimeout(() => {
        resting.delete(visitId)
        void settle(visitId)
      }, RETRY_MS).unref()
    },
    readyBy: new Date(clock.now().getTime() + RETRY_MS),
  }
}

type Followed = Pick<Deps, 'visits' | 'rooms'> & ReturnType<typeof createTurns>

/** Recordings follow their visits and rooms, and visits learn at once how their recordings stand. */
function followVisits(
  desk: RecordingDesk,
  { visits, rooms, settle, inTurn }: Omit<Followed, 'settleAll'>,
): void {
  visits.acts.changed.on(({ visit }) => {
    void settle(visit.visitId)
    if (hasEndedRecorded(visit)) {
      inTurn(visit.visitId, async () => {
        await desk.store.visitEnded(visit)
        await sealIfEnded(desk, visit.visitId)
      })
    }
  })
  rooms.signals.placed.on(({ visitId }) => void settle(visitId))
  rooms.signals.found.on(({ visitId }) => void settle(visitId))
  desk.changed.on(({ visitId }) => {
    if (!isBeingRecorded(desk, visitId)) return
    visits.acts.act({ visitId }).catch((error: unknown) => {
      desk.log.error({ visitId, err: error }, 'visit did not learn that it is recorded')
    })
  })
  forwardTracks(desk)
  forwardNotes(desk, visits)
}

function hasEndedRecorded(visit: VisitRecord): boolean {
  return visit.session.state === 'ENDED' && recordableClass(visit) !== null
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
