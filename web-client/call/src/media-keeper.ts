import type { SeatMedia } from '@visavis/contract/visit-socket'
import { onFirstFrame } from './attach-stream.ts'
import { createConsumerInbox } from './consumer-inbox.ts'
import type { ConsumerInbox } from './consumer-inbox.ts'
import { phaseAfterLoss } from './media-phase.ts'
import { createRemoteStreams } from './remote-streams.ts'
import type { RemoteStreams } from './remote-streams.ts'
import { openSeatMedia } from './seat-media.ts'
import type { SeatMediaSession, VisitSignalling } from './seat-media.ts'
import type { Sending } from './publisher.ts'
import type { SendPlan } from './send-plan.ts'
import type { StatsTarget } from './stats-sampler.ts'
import type { Marks } from './timings.ts'
import type { LocalMedia, MediaPhase, RemoteSeat } from './types.ts'

/** What a seat's media are taken for. */
export type Entry = {
  readonly isRecorded: boolean
  /** Called when everything was asked for, long before it is all there. */
  readonly onAsked: () => void
}

/** Holds a seat's media from rebuild to rebuild. Its calls to `take` must not overlap. */
export type MediaKeeper = {
  /** The epoch of the media that stand here, or null for none. */
  readonly heldEpoch: () => number | null
  /** A join is on its way: what is told of consumers waits for its answer. */
  readonly hold: () => void
  /** Keeps the media if the join says that they stand, opens new ones if not. Throws Refusals and Faults. */
  readonly take: (media: SeatMedia, entry: Entry) => Promise<void>
  /** Gives up the media; the next `take` opens new ones. */
  readonly drop: () => void
  /** Has voice and picture go out like that, now and after every rebuild. */
  readonly limit: (plan: SendPlan) => void
  readonly linkLost: () => void
  readonly hurry: () => void
  /** What there is to sample, or null while there are no media. */
  readonly statsTarget: () => StatsTarget | null
  readonly close: () => void
}

export type MediaKeeperOptions = {
  readonly signalling: VisitSignalling
  readonly local: LocalMedia
  readonly marks: Marks
  readonly onPhase: (phase: MediaPhase) => void
  readonly onRemotes: (remotes: readonly RemoteSeat[]) => void
  /** The media cannot be mended: drop them and join anew. */
  readonly onBroken: () => void
}

/** Until the ladder says otherwise. */
const EVERYTHING: SendPlan = {
  ...{ picture: 'ALL', voiceBps: 32_000, others: 1, asked: 'WHOLE' },
}

/** Makes the keeper and listens to what the server tells of consumers. */
export function createMediaKeeper(options: MediaKeeperOptions): MediaKeeper {
  let session: SeatMediaSession | null = null
  let isClosed = false
  const outgoing = keepSending(() => session)
  const inbox = createInboxOf(options.signalling)
  const streams = createMeasuredStreams(options)
  const phase = createPhaseTeller(options)
  const movePhase = (): void => phase.move(session)
  const drop = (): void => {
    session?.close()
    session = null
    inbox.hold()
    inbox.clear()
    movePhase()
  }
  const open = async (offer: SeatMedia, onAsked: () => void): Promise<SeatMediaSession> => {
    drop()
    const whileCurrent = (act: () => void) => () => (session === opened ? act() : undefined)
    const opened: SeatMediaSession = await openSeatMedia({
      ...{ ...options, offer, streams, sending: outgoing.sending(), onAsked },
      onChange: whileCurrent(movePhase),
      onBroken: whileCurrent(options.onBroken),
    })
    // Closed while the server answered.
    if (isClosed) opened.close()
    return opened
  }
  /** Mends what stands, or opens anew. */
  const stand = async (media: SeatMedia, onAsked: () => void): Promise<SeatMediaSession> => {
    if (!session || !media.isResumed || media.epoch !== session.epoch) return open(media, onAsked)
    onAsked()
    session.resume(media.consumers)
    return session
  }
  return {
    ...{ hold: inbox.hold, drop, limit: outgoing.limit },
    async take(media, { isRecorded, onAsked }) {
      outgoing.change({ skipsSilence: !isRecorded })
      session = await stand(media, onAsked)
      inbox.release(session.receiver)
      await session.publish()
      movePhase()
    },
    ...passedOn(() => session),
    close() {
      isClosed = true
      inbox.hold()
      session?.close()
    },
  }
}

/** How voice and picture go out, from one session to the next. */
function keepSending(session: () => SeatMediaSession | null) {
  let sending: Sending = { plan: EVERYTHING, skipsSilence: false }
  const change = (part: Partial<Sending>): void => void (sending = { ...sending, ...part })
  return {
    change,
    sending: () => sending,
    limit: (plan: SendPlan): void => {
      change({ plan })
      session()?.limit(plan)
    },
  }
}

function passedOn(
  session: () => SeatMediaSession | null,
): Pick<MediaKeeper, 'heldEpoch' | 'statsTarget' | 'linkLost' | 'hurry'> {
  return {
    heldEpoch: () => session()?.epoch ?? null,
    statsTarget: () => session()?.statsTarget ?? null,
    linkLost: () => session()?.linkLost(),
    hurry: () => session()?.hurry(),
  }
}

function createPhaseTeller({ onPhase }: MediaKeeperOptions) {
  let phase: MediaPhase = 'starting'
  return {
    move(session: SeatMediaSession | null): void {
      phase = session ? session.phase(phase) : phaseAfterLoss(phase)
      onPhase(phase)
    },
  }
}

function createInboxOf(signalling: VisitSignalling): ConsumerInbox {
  const inbox = createConsumerInbox()
  signalling.on('consumer:created', inbox.created)
  signalling.on('consumer:closed', ({ consumerId }) => inbox.closed(consumerId))
  return inbox
}

function createMeasuredStreams({ marks, onRemotes }: MediaKeeperOptions): RemoteStreams {
  const streams = createRemoteStreams({
    onChange: () => onRemotes(streams.list()),
    createStream() {
      const stream = new MediaStream()
      onFirstFrame(stream, () => marks.reach('firstFrameMs'))
      return stream
    },
  })
  return streams
}
