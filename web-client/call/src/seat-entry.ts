import { Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import type { VisitSnapshot } from '@visavis/contract/visit'
import type { SeatMedia } from '@visavis/contract/visit-socket'
import type { EventLedger } from './event-ledger.ts'
import type { MediaKeeper } from './media-keeper.ts'
import { isPassing, isSignallingError } from './passing-refusals.ts'
import type { RunResult } from './reruns.ts'
import type { VisitSignalling } from './seat-media.ts'
import type { SeatHappening } from './seat-state.ts'
import type { Marks } from './timings.ts'

/** A person at the door is told of the server's trouble after so many tries; one inside keeps waiting. */
const MAX_ENTRY_TRIES = 4
/** Our knowledge is out of date, and joining again brings it up to date. */
const OUTDATED: ReadonlySet<ErrorCode> = new Set(['MEDIA_EPOCH_CHANGED', 'NOT_JOINED'])

export type EntryOptions = {
  readonly visitId: string
  readonly signalling: VisitSignalling
  readonly keeper: MediaKeeper
  readonly ledger: EventLedger
  readonly marks: Marks
  readonly tell: (happening: SeatHappening) => void
}

type Seated = { readonly snapshot: VisitSnapshot; readonly media: SeatMedia }

/** The task of sitting down, for the first time or again (LV-8: resume, else join); it never rejects. */
export function createEntry(options: EntryOptions): () => Promise<RunResult> {
  const { signalling, keeper, marks, tell } = options
  /** The newest view told; an event may come before the answer to the join that carries an older one. */
  let latest: VisitSnapshot | null = null
  let triesLeft = MAX_ENTRY_TRIES
  signalling.on('visit:changed', (snapshot) => (latest = snapshot as VisitSnapshot))

  const enter = async (): Promise<void> => {
    keeper.hold()
    const { snapshot, media } = await sitDown(options)
    marks.reach('joinedMs')
    triesLeft = Infinity
    // At this news the page draws itself anew, which takes longer than the SFU to answer: it comes second.
    let isTold = false
    const onAsked = (): void => {
      if (!isTold) tell({ what: 'entered', snapshot: newer(snapshot, latest) })
      isTold = true
    }
    const { isRecorded } = snapshot.notice
    await keeper.take(media, { isRecorded, onAsked }).finally(onAsked)
  }
  return async () => {
    if (!signalling.isConnected()) return 'wait'
    try {
      await enter()
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

async function sitDown({ visitId, signalling, keeper, ledger }: EntryOptions): Promise<Seated> {
  const claim = ledger.claim()
  if (claim) {
    try {
      const holdingEpoch = keeper.heldEpoch()
      const asked = { ...claim, visitId, holdingEpoch }
      const resumed = await signalling.request('seat:resume', asked)
      ledger.resumed(resumed.lastEventSeq)
      return { snapshot: resumed.snapshot as VisitSnapshot, media: resumed.media }
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'RESUME_REFUSED')) throw error
      ledger.forget()
    }
  }
  const holdingEpoch = keeper.heldEpoch()
  const joined = await signalling.request('seat:join', { visitId, holdingEpoch })
  ledger.joined(joined.resume, joined.lastEventSeq)
  return { snapshot: joined.snapshot as VisitSnapshot, media: joined.media }
}

function newer(told: VisitSnapshot, latest: VisitSnapshot | null): VisitSnapshot {
  return latest && latest.version > told.version ? latest : told
}
