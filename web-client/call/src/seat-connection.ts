import { Refusal } from '@visavis/contract/errors'
import type { HelpFigures } from '@visavis/contract/help'
import type { HelpNeed } from '@visavis/contract/help-kinds'
import type { LinesView, VisitSnapshot } from '@visavis/contract/visit'
import type { VISIT_NAMESPACE, visitCommands } from '@visavis/contract/visit-socket'
import { prepareDevice } from './device-support.ts'
import { createEventLedger } from './event-ledger.ts'
import type { EventLedger } from './event-ledger.ts'
import type { LinkListeners } from './link-keeper.ts'
import { createMediaKeeper } from './media-keeper.ts'
import type { MediaKeeper } from './media-keeper.ts'
import type { QualityWishStore } from './quality-wishes.ts'
import { createReruns } from './reruns.ts'
import { attend } from './seat-attendance.ts'
import { createEntry } from './seat-entry.ts'
import type { VisitSignalling } from './seat-media.ts'
import type { SeatHappening } from './seat-state.ts'
import { connectSignalling } from './signalling.ts'
import type { StatsSample } from './stats-sampler.ts'
import type { Marks } from './timings.ts'
import type { LocalMedia, SeatCallOptions } from './types.ts'

/** Held against the contract by its type, since the contract's module would bring zod into the page. */
const NAMESPACE: typeof VISIT_NAMESPACE = '/visit'
/** Who leaves does not wait, but the socket does: for the answer, and no longer than this. */
const GOODBYE_MS = 3_000
/** Held against the contract by its type, like the namespace. */
const PROBE: (typeof visitCommands)['checkLink']['name'] = 'link:check'

/** A call for help with what goes with it. */
export type SeatHelp = { readonly need: HelpNeed | null; readonly figures: HelpFigures | null }

/** One join, kept up through losses until it is closed. */
export type SeatConnection = {
  /** Ends the visit for both sides; one that has ended already is no error. Throws Refusals and Faults. */
  readonly end: () => Promise<void>
  /** Calls an officer or takes the call back. Throws Refusals and Faults. */
  readonly help: (wish: SeatHelp) => Promise<unknown>
  /** Says that an officer's warning was read. Throws Refusals and Faults. */
  readonly acknowledge: (warningId: string) => Promise<unknown>
  /** Says who is at this device. Throws Refusals and Faults. */
  readonly together: (seatIds: readonly string[]) => Promise<unknown>
  /** Closes, with a word to the server that this seat leaves by its own will. */
  readonly leave: () => void
  readonly close: () => void
}

export type SeatConnectionOptions = SeatCallOptions & {
  readonly visitId: string
  readonly local: LocalMedia
  readonly marks: Marks
  readonly wishes: QualityWishStore
  /** Told everything that happens, until the close. */
  readonly tell: (happening: SeatHappening) => void
  /** Told the figures of each second. */
  readonly onSample: (sample: StatsSample) => void
}

/** Connects and joins. All joining and rebuilding is one series of runs that never overlap. */
export function openSeatConnection(options: SeatConnectionOptions): SeatConnection {
  let isClosed = false
  // While the connection is made and the seat is taken there is time for it.
  void prepareDevice()
  const tell = (happening: SeatHappening): void => {
    if (isClosed) return
    options.tell(happening)
    attendance.heard(happening)
  }
  const ledger = createEventLedger()
  const signalling = openLink(options, ledger, {
    onConnected: () => reruns.ask(),
    onLost() {
      keeper.linkLost()
      tell({ what: 'linkLost' })
    },
    onRefused: (code) => tell({ what: 'refused', code }),
    onWake: () => keeper.hurry(),
  })
  const keeper = createMediaKeeper({
    ...{ signalling, local: options.local, marks: options.marks },
    onPhase: (media) => tell({ what: 'mediaMoved', media }),
    onRemotes: (remotes) => tell({ what: 'remotesMoved', remotes }),
    onBroken: () => rebuild(),
  })
  const reruns = createReruns(createEntry({ ...options, tell, signalling, keeper, ledger }))
  const rebuild = (): void => {
    keeper.drop()
    reruns.ask()
  }
  const attendance = attend({ ...options, signalling, keeper, tell, rebuild })
  listen({ signalling, keeper, tell, rebuild })
  const letGo = (): void => {
    isClosed = true
    for (const each of [reruns, attendance, keeper]) each.close()
  }
  return {
    end: () => endVisit(signalling),
    help: (wish) => signalling.request('seat:help', wish),
    acknowledge: (warningId) => signalling.request('warning:acknowledge', { warningId }),
    together: (seatIds) => signalling.request('seat:together', { seatIds: [...seatIds] }),
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

function openLink(
  { origin, signInAs, proveDevice }: SeatConnectionOptions,
  { take: takes }: EventLedger,
  listeners: LinkListeners,
): VisitSignalling {
  const auth = { signInAs }
  return connectSignalling({
    ...{ origin, namespace: NAMESPACE, auth, proveDevice },
    ...{ probe: PROBE, takes, listeners },
  })
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
  signalling.on('visit:lines', ({ visitId, lines }) =>
    tell({ what: 'linesMoved', visitId, lines: lines as LinesView }),
  )
  signalling.on('seat:replaced', () => tell({ what: 'replaced' }))
  signalling.on('media:reset', ({ epoch }) => {
    // Told late, when a join has brought the new epoch already.
    if (keeper.heldEpoch() !== epoch) rebuild()
  })
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
