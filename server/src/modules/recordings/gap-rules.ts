import type { GapCause } from '@visavis/contract/recording-manifest'
import { causeOfTrackAt, expectedOf } from './gap-track-rules.ts'
import type { GapNote, GapSeat } from './gap-track-rules.ts'
import { between, joined, shared, without } from './gap-spans.ts'
import type { Stretch } from './gap-spans.ts'

/** What a recording holds, or would, on the visit's wall clock. */
export type KeptRecording = {
  readonly state: 'OPEN' | 'RECORDED' | 'FINISHED' | 'FAILED'
  /** When it was opened, and when it was closed, given up or last heard of. */
  readonly open: Stretch
  /** From its first frame to its last packet; null while its files are not made, and without any. */
  readonly kept: Stretch | null
  readonly failure: string | null
  /** Its recorder died over it. */
  readonly isRecovered: boolean
  /** What there is of each seat's picture and sound, without its holes. */
  readonly tracks: readonly (Stretch & {
    readonly seatId: string
    readonly kind: 'audio' | 'video'
  })[]
}

/** All that the gaps of a visit's recording follow from. Milliseconds since 1970. */
export type GapCourse = {
  /** The visit's end, or now. */
  readonly endMs: number
  readonly notes: readonly GapNote[]
  readonly seats: readonly GapSeat[]
  readonly flow: readonly (Stretch & { readonly seats: Readonly<Record<string, string>> })[]
  readonly recordings: readonly KeptRecording[]
  /** What was recorded, and the disk did not give back. */
  readonly damaged: readonly Stretch[]
}

/** A missing stretch: of everything, or of one seat's picture or sound. */
export type Gap = Stretch & {
  readonly cause: GapCause
  readonly seatId?: string
  readonly kind?: 'audio' | 'video'
}

/** Shorter is no gap: packets are no evenly spaced thing, and a length is told to half a second. */
export const SHORTEST_GAP_MS = 500
/** How far a cause may be noted from where the media ended: a dead line is noticed that late. */
const NOTICED_WITHIN_MS = 15_000
/** A room that is placed anew is noted before the next recording begins. */
const REBUILT_WITHIN_MS = 5_000

/** Every missing stretch of a visit that is recorded (RC-3), in order; pure and total over whatever was noted. */
export function gapsOf(course: GapCourse): Gap[] {
  const required = requiredOf(course)
  const kept = joined(course.recordings.flatMap(keptOf))
  const whole = without(required, kept).filter(isLong)
  const all = [
    ...whole.flatMap((gap) => wholeGaps(gap, course)),
    ...course.seats.flatMap((seat) => trackGaps(seat, { course, within: shared(required, kept) })),
  ]
  return all.toSorted(
    (a, b) => a.fromMs - b.fromMs || Number('seatId' in a) - Number('seatId' in b),
  )
}

/** When media was to flow between the parties: from the start to the end, without the pauses. */
export function requiredOf({ notes, endMs }: Pick<GapCourse, 'notes' | 'endMs'>): Stretch[] {
  const started = notes.find(({ kind }) => kind === 'STARTED')
  if (!started) return []
  const pauses = between(notes, {
    begins: ({ kind }) => kind === 'PAUSED',
    ends: ({ kind }) => kind === 'RESUMED',
    endMs,
  })
  return without([{ fromMs: started.atMs, toMs: endMs }], pauses)
}

/** Of one whose files are not made yet it is known only when it was open. */
function keptOf({ state, open, kept }: KeptRecording): Stretch[] {
  if (kept) return [kept]
  return state === 'OPEN' || state === 'RECORDED' ? [open] : []
}

const isLong = ({ fromMs, toMs }: Stretch): boolean => toMs - fromMs >= SHORTEST_GAP_MS

/** A stretch without anything; from an officer's word on, it is theirs. */
function wholeGaps(gap: Stretch, course: GapCourse): Gap[] {
  const goneOn = between(course.notes, {
    begins: ({ kind }) => kind === 'GOES_ON_UNRECORDED',
    ends: ({ kind }) => kind === 'RECORDED',
    endMs: course.endMs,
  })
  const cause = causeOfWhole(gap, course)
  const gaps: Gap[] = [
    ...without([gap], goneOn).map((part) => ({ ...part, cause })),
    ...shared([gap], goneOn).map((part) => ({ ...part, cause: 'GONE_ON' as const })),
  ]
  return gaps.filter(isLong)
}

function causeOfWhole(gap: Stretch, course: GapCourse): GapCause {
  if (isMostly(gap, course.damaged)) return 'DAMAGED'
  const before = course.recordings
    .filter(({ open }) => open.fromMs <= gap.fromMs)
    .toSorted((a, b) => a.open.fromMs - b.open.fromMs)
    .at(-1)
  const hasEnded = before && (before.kept ?? before.open).toMs <= gap.fromMs
  const broken =
    course.recordings.find((one) => hasFailedIn(gap, one)) ?? (hasEnded ? before : undefined)
  return (broken && causeOfEnd(broken)) ?? causeOfNotes(gap, { course, before })
}

function isMostly(gap: Stretch, others: readonly Stretch[]): boolean {
  const within = shared([gap], others).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  return within * 2 >= gap.toMs - gap.fromMs
}

/** How a recording that was broken off says so itself. */
function causeOfEnd({ failure, isRecovered }: KeptRecording): GapCause | null {
  if (failure === 'DISK_FULL') return 'DISK_FULL'
  return isRecovered || failure !== null ? 'RECORDER_LOST' : null
}

function causeOfNotes(
  gap: Stretch,
  { course, before }: { course: GapCourse; before: KeptRecording | undefined },
): GapCause {
  if (isNotedIn(gap, { course, kind: 'MEDIA_REBUILT' })) return 'MEDIA_LOST'
  const isUnrecorded = isNotedIn(gap, { course, kind: 'UNRECORDED' })
  if (!before) {
    return isUnrecorded || course.recordings.length === 0 ? 'NO_RECORDER' : 'NOT_KNOWN'
  }
  if (isUnrecorded) return 'RECORDER_LOST'
  // The recorder stood by and nothing came.
  return before.open.toMs >= gap.toMs ? sharedCause(gap, course) : 'NOT_KNOWN'
}

function hasFailedIn(gap: Stretch, { state, open }: KeptRecording): boolean {
  return state === 'FAILED' && open.fromMs < gap.toMs && open.toMs > gap.fromMs
}

function isNotedIn(
  { fromMs, toMs }: Stretch,
  { course, kind }: { course: GapCourse; kind: GapNote['kind'] },
): boolean {
  return course.notes.some(
    (note) =>
      note.kind === kind &&
      note.atMs >= fromMs - SHORTEST_GAP_MS &&
      note.atMs <= toMs + REBUILT_WITHIN_MS,
  )
}

function sharedCause(gap: Stretch, course: GapCourse): GapCause {
  const atMs = (gap.fromMs + gap.toMs) / 2
  const causes = new Set(
    course.seats.map((seat) => causeOfTrackAt(course, { seat, kind: 'audio', atMs })),
  )
  const [only] = causes
  return causes.size === 1 && only ? only : 'NOT_KNOWN'
}

type Within = { readonly course: GapCourse; readonly within: readonly Stretch[] }

/** What is missing of one seat while the recording stood. */
function trackGaps(seat: GapSeat, { course, within }: Within): Gap[] {
  const expected = shared(within, expectedOf(seat, course))
  return (['audio', 'video'] as const).flatMap((kind) => {
    const own = course.recordings.flatMap(({ tracks }) =>
      tracks.filter((track) => track.seatId === seat.seatId && track.kind === kind),
    )
    return without(expected, own)
      .filter(isLong)
      .flatMap((gap) => withCauses(gap, { course, seat, kind }))
      .map((part) => ({ ...part, seatId: seat.seatId, kind }))
  })
}

type Whose = {
  readonly course: GapCourse
  readonly seat: GapSeat
  readonly kind: 'audio' | 'video'
}
type Part = Stretch & { readonly cause: GapCause }

/** A missing stretch, cut where its cause changes. What nobody knows is put down to what was noticed soon after it. */
function withCauses(gap: Stretch, { course, ...whose }: Whose): Part[] {
  const cuts = cutsOf(gap, course)
  const parts = cuts.slice(0, -1).map((fromMs, index): Part => {
    const toMs = cuts[index + 1] ?? gap.toMs
    return { fromMs, toMs, cause: causeOfTrackAt(course, { ...whose, atMs: fromMs }) }
  })
  const known = joinedByCause(
    joinedByCause(parts).map((part, index, all) =>
      explained(part, all[index + 1] ?? all[index - 1]),
    ),
  )
  return joinedByCause(
    known.map((part, index) =>
      isLong(part)
        ? part
        : { ...part, cause: (known[index - 1] ?? known[index + 1] ?? part).cause },
    ),
  )
}

function cutsOf({ fromMs, toMs }: Stretch, { notes, flow, damaged }: GapCourse): number[] {
  const inside = [
    ...notes.map(({ atMs }) => atMs),
    ...flow.map((one) => one.fromMs),
    ...damaged.flatMap((one) => [one.fromMs, one.toMs]),
  ].filter((ms) => ms > fromMs && ms < toMs)
  return [...new Set([fromMs, ...inside.toSorted((a, b) => a - b), toMs])]
}

/** A short piece that nobody explains is of what came soon after it, or had just been. */
function explained(part: Part, beside: Part | undefined): Part {
  const isShort = part.toMs - part.fromMs <= NOTICED_WITHIN_MS
  return part.cause === 'NOT_KNOWN' && beside && isShort ? { ...part, cause: beside.cause } : part
}

function joinedByCause(parts: readonly Part[]): Part[] {
  const all: Part[] = []
  for (const part of parts) {
    const last = all.at(-1)
    if (last?.cause === part.cause) all[all.length - 1] = { ...last, toMs: part.toMs }
    else all.push(part)
  }
  return all
}
