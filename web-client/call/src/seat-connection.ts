import { Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import type { VisitSnapshot } from '@visavis/contract/visit'
import type { VISIT_NAMESPACE } from '@visavis/contract/visit-socket'
import { prepareDevice } from './device-support.ts'
import { createMediaKeeper } from './media-keeper.ts'
import type { MediaKeeper } from './media-keeper.ts'
import { isPassing, isSignallingError } from './passing-refusals.ts'
import { createReruns } from './reruns.ts'
import type { RunResult } from './reruns.ts'
import type { VisitSignalling } from './seat-media.ts'
import type { SeatHappening } from './seat-state.ts'
import { connectSignalling } from './signalling.ts'
import type { Marks } from './timings.ts'
import type { LocalMedia, SeatCallOptions } from './types.ts'

/** Held against the contract by its type, since the contract's module would bring zod into the page. */
const NAMESPACE: typeof VISIT_NAMESPACE = '/visit'
/** A person at the door is told of the server's trouble after so many tries; one inside keeps waiting. */
const MAX_ENTRY_TRIES = 4
/** Who leaves does not wait, but the socket does: for the answer, and no longer than this. */
const GOODBYE_MS = 3_000
/** Our knowledge is out of date, and joining again brings it up to date. */
const OUTDATED: ReadonlySet<ErrorCode> = new Set(['MEDIA_EPOCH_CHANGED', 'NOT_JOINED'])

/** One join, kept up through losses until it is closed. */
export type SeatConnection = {
  /** Ends the visit for both sides; one that has ended already is no error. Throws Refusals and Faults. */
  readonly end: () => Promise<void>
  /** Closes, with a word to the server that this seat leaves by its own will. */
  readonly leave: () => void
  readonly close: () => void
}

export type SeatConnectionOptions = SeatCallOptions & {
  readonly visitId: string
  readonly local: LocalMedia
  readonly marks: Marks
  /** Told everything that happens, until the close. */
  readonly tell: (happening: SeatHappening) => void
}

/** Connects and joins. All joining and rebuilding is one series of runs that never overlap. */
export function openSeatConnection(options: SeatConnectionOptions): SeatConnection {
  let isClosed = false
  // While the connection is made and the seat is taken there is time for it.
  void prepareDevice()
  const tell = (happening: SeatHappening): void => {
    if (!isClosed) options.tell(happening)
  }
  const signalling: VisitSignalling = connectSignalling({
    origin: options.origin,
    namespace: NAMESPACE,
    auth: { signInAs: options.signInAs },
    listeners: {
      onConnected: () => reruns.ask(),
      onLost() {
        keeper.linkLost()
        tell({ what: 'linkLost' })
      },
      onRefused: (code) => tell({ what: 'refused', code }),
    },
  })
  const keeper = createMediaKeeper({
    ...{ signalling, local: options.local, marks: options.marks },
    onPhase: (media) => tell({ what: 'mediaMoved', media }),
    onRemotes: (remotes) => tell({ what: 'remotesMoved', remotes }),
    onBroken: () => rebuild(),
  })
  const enter = createEntry({ ...options, tell, signalling, keeper })
  const reruns = createReruns(enter)
  const rebuild = (): void => {
    keeper.drop()
    reruns.ask()
  }
  listen({ signalling, keeper, tell, rebuild })
  const letGo = (): void => {
    isClosed = true
    reruns.close()
    keeper.close()
  }
  return {
    end: () => endVisit(signalling),
    leave() {
      letGo()
      void sayGoodbye(signalling)
    },
    close() {
      letGo()
      signalling.close()
    },
  }
}

type Parts = {
  readonly signalling: VisitSignalling
  readonly keeper: MediaKeeper
  readonly tell: (happening: SeatHappening) => void
}

function listen(parts: Parts & { readonly rebuild: () => void }): void {
  const { signalling, keeper, tell, rebuild } = parts
  signalling.on('visit:changed', (snapshot) =>
    tell({ what: 'changed', snapshot: snapshot as VisitSnapshot }),
  )
  signalling.on('visit:ticked', ({ visitId, clock }) => tell({ what: 'ticked', visitId, clock }))
  signalling.on('seat:replaced', () => tell({ what: 'replaced' }))
  signalling.on('media:reset', ({ epoch }) => {
    // Told late, when a join has brought the new epoch already.
    if (keeper.heldEpoch() !== epoch) rebuild()
  })
}

/** The task of joining, for the first time or again; it never rejects. */
function createEntry(options: SeatConnectionOptions & Parts): () => Promise<RunResult> {
  const { visitId, signalling, keeper, marks, tell } = options
  /** The newest view told; an event may come before the answer to the join that carries an older one. */
  let latest: VisitSnapshot | null = null
  let triesLeft = MAX_ENTRY_TRIES
  signalling.on('visit:changed', (snapshot) => (latest = snapshot as VisitSnapshot))

  const join = async (): Promise<void> => {
    keeper.hold()
    const holdingEpoch = keeper.heldEpoch()
    const { snapshot, media } = await signalling.request('seat:join', { visitId, holdingEpoch })
    marks.reach('joinedMs')
    triesLeft = Infinity
    tell({ what: 'entered', snapshot: newer(snapshot as VisitSnapshot, latest) })
    await keeper.take(media)
  }
  return async () => {
    if (!signalling.isConnected()) return 'wait'
    try {
      await join()
      return 'done'
    } catch (error) {
      triesLeft -= 1
      const code = isSignallingError(error) ? error.code : 'INTERNAL'
      const mayPass = isPassing(code) || OUTDATED.has(code)
      if (mayPass && !signalling.isConnected()) return 'wait'
      if (mayPass && triesLeft > 0) return 'retry'
      tell({ what: 'refused', code })
      return 'done'
    }
  }
}

function newer(told: VisitSnapshot, latest: VisitSnapshot | null): VisitSnapshot {
  return latest && latest.version > told.version ? latest : told
}

/** A server that sees the socket close before it has heard the word takes it for a lost line. */
async function sayGoodbye(signalling: VisitSignalling): Promise<void> {
  const timer = setTimeout(signalling.close, GOODBYE_MS)
  await signalling.request('seat:leave', {}).catch(() => undefined)
  clearTimeout(timer)
  signalling.close()
}

async function endVisit(signalling: VisitSignalling): Promise<void> {
  try {
    await signalling.request('visit:end', {})
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'VISIT_ENDED')) throw error
  }
}
