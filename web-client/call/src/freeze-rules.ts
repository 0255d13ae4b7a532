/** LV-8: what is tried when a picture stands still, the mildest first, and after how long. */
export const KEY_FRAME_AFTER_MS = 2_000
export const RENEW_AFTER_MS = 5_000
export const REBUILD_AFTER_MS = 8_000
/** New transports that did not help are not made again at once. */
export const REBUILD_PAUSE_MS = 30_000
/** Samples that lie further apart say nothing of what was in between: the page or the machine slept. */
const LONGEST_BEAT_MS = 3_000

/** What may be done about a picture that stands still. */
export type FreezeCure = 'keyFrame' | 'renew' | 'rebuild'

/** One picture as it was sampled. */
export type PictureSample = {
  readonly seatId: string
  readonly consumerId: string
  /** Frames decoded and packets received of this consumer so far. */
  readonly frames: number
  readonly packets: number
}

/** What was seen at one beat. */
export type FreezeBeat = {
  readonly atMs: number
  readonly pictures: readonly PictureSample[]
  /** Whether that person's picture should move now: the visit is live, they are there, their camera is on. */
  readonly isExpected: (seatId: string) => boolean
}

type Watched = {
  readonly sample: PictureSample
  readonly stillSinceMs: number
  /** Packets that came in since the picture last moved: then it is the decoder that is stuck. */
  readonly hasPackets: boolean
  readonly tried: readonly FreezeCure[]
}

/** What the watchdog knows; one object for a whole call. */
export type FreezeState = {
  readonly atMs: number
  readonly watched: ReadonlyMap<string, Watched>
  readonly rebuiltAtMs: number
}

export type FreezeAction = { readonly cure: FreezeCure; readonly consumerId: string }

/** Nothing seen yet. */
export const NOTHING_WATCHED: FreezeState = {
  atMs: -Infinity,
  watched: new Map(),
  rebuiltAtMs: -Infinity,
}

/** The watchdog's next state and what is to be done. Each cure once in a standstill; progress resets it. */
export function watchFreezes(
  state: FreezeState,
  beat: FreezeBeat,
): { readonly state: FreezeState; readonly actions: readonly FreezeAction[] } {
  const isFresh = beat.atMs - state.atMs <= LONGEST_BEAT_MS
  const watched = new Map<string, Watched>()
  const actions: FreezeAction[] = []
  let { rebuiltAtMs } = state
  for (const sample of beat.pictures) {
    if (!beat.isExpected(sample.seatId)) continue
    const before = isFresh ? state.watched.get(sample.seatId) : undefined
    const now = lookedAt(before, sample, beat.atMs)
    const cure = cureFor(now, { atMs: beat.atMs, rebuiltAtMs })
    if (cure === 'rebuild') rebuiltAtMs = beat.atMs
    if (cure) actions.push({ cure, consumerId: sample.consumerId })
    watched.set(sample.seatId, cure ? { ...now, tried: [...now.tried, cure] } : now)
  }
  keepRenewed(state, { watched, beat, isFresh })
  return { state: { atMs: beat.atMs, watched, rebuiltAtMs }, actions }
}

function lookedAt(before: Watched | undefined, sample: PictureSample, atMs: number): Watched {
  const isSame = before?.sample.consumerId === sample.consumerId
  const framesBefore = isSame ? before.sample.frames : 0
  if (!before || sample.frames > framesBefore) {
    return { sample, stillSinceMs: atMs, hasPackets: false, tried: [] }
  }
  const packetsBefore = isSame ? before.sample.packets : 0
  return { ...before, sample, hasPackets: before.hasPackets || sample.packets > packetsBefore }
}

function cureFor(
  { stillSinceMs, tried, hasPackets }: Watched,
  { atMs, rebuiltAtMs }: { readonly atMs: number; readonly rebuiltAtMs: number },
): FreezeCure | null {
  const stillMs = atMs - stillSinceMs
  const isDue = (cure: FreezeCure, afterMs: number): boolean =>
    stillMs >= afterMs && !tried.includes(cure)
  // Where nothing arrives, new transports could not change it: the sender or the SFU holds it back.
  const mayRebuild = hasPackets && atMs - rebuiltAtMs >= REBUILD_PAUSE_MS
  if (mayRebuild && isDue('rebuild', REBUILD_AFTER_MS)) return 'rebuild'
  if (isDue('renew', RENEW_AFTER_MS)) return 'renew'
  return isDue('keyFrame', KEY_FRAME_AFTER_MS) ? 'keyFrame' : null
}

/** While a consumer is made anew there is nothing to sample, but the standstill goes on. */
function keepRenewed(
  state: FreezeState,
  { watched, beat, isFresh }: { watched: Map<string, Watched>; beat: FreezeBeat; isFresh: boolean },
): void {
  for (const [seatId, before] of state.watched) {
    const isBetween = before.tried.includes('renew') && beat.isExpected(seatId)
    const isRecent = beat.atMs - before.stillSinceMs < REBUILD_AFTER_MS
    if (isFresh && isBetween && isRecent && !watched.has(seatId)) watched.set(seatId, before)
  }
}
