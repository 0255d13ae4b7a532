import type { Reply } from '../../../api/api.ts'

export type Play = Reply<'openPlay'>
export type Track = Play['tracks'][number]
export type Timeline = Reply<'playTimeline'>
export type Gap = Timeline['gaps'][number]
export type LineFlag = Timeline['flags'][number]
export type LineNote = Timeline['notes'][number]
export type CourseAct = Timeline['course'][number]
export type Stretch = { readonly fromMs: number; readonly toMs: number }

/** One person in the player: their tracks, of all epochs. */
export type SeatTracks = Pick<Track, 'seatId' | 'party'> & {
  /** Which of their party; null: the only one. */
  readonly number: number | null
  readonly tracks: readonly Track[]
}

/** The people of a recording, each with their tracks, in the order in which they came. */
export function bySeat(tracks: readonly Track[]): SeatTracks[] {
  const inOrder = tracks.toSorted((a, b) => a.startMs - b.startMs)
  const seatIds = [...new Set(inOrder.map(({ seatId }) => seatId))]
  const seats = seatIds.flatMap((seatId) => {
    const own = inOrder.filter((track) => track.seatId === seatId)
    const party = own[0]?.party
    return party === undefined ? [] : [{ seatId, party, tracks: own }]
  })
  return seats.map((seat) => {
    const sameParty = seats.filter(({ party }) => party === seat.party)
    return { ...seat, number: sameParty.length > 1 ? sameParty.indexOf(seat) + 1 : null }
  })
}

/** Something that stands at a place of the line and can be gone to. */
export type LineEvent = { readonly eventId: string; readonly atMs: number } & (
  | { readonly kind: 'FLAG'; readonly flag: LineFlag }
  | { readonly kind: 'ACT'; readonly act: CourseAct }
  | { readonly kind: 'GAP'; readonly gap: Gap }
  | { readonly kind: 'NOTE'; readonly note: LineNote & { readonly atMs: number } }
)
export type EventKind = LineEvent['kind']
export const EVENT_KINDS = ['FLAG', 'ACT', 'GAP', 'NOTE'] as const

/** What a lane of its own tells already. */
const TOLD_ELSEWHERE: readonly CourseAct['kind'][] = ['GAP', 'FLAGGED', 'UNFLAGGED']

/** Everything that stands on the line, in its order; notes about the whole are not on it. */
export function eventsOf({ flags, course, gaps, notes }: Timeline): LineEvent[] {
  const acts = course.filter(({ kind }) => !TOLD_ELSEWHERE.includes(kind))
  const events: LineEvent[] = [
    ...flags.map((flag) => ({
      kind: 'FLAG' as const,
      eventId: flag.flagId,
      atMs: flag.atMs,
      flag,
    })),
    ...acts.map((act, index) => ({
      kind: 'ACT' as const,
      eventId: `act-${index}`,
      atMs: act.atMs,
      act,
    })),
    ...gaps.map((gap, index) => ({
      kind: 'GAP' as const,
      eventId: `gap-${index}`,
      atMs: gap.fromMs,
      gap,
    })),
    ...notes.flatMap(({ atMs, ...note }) =>
      atMs === null
        ? []
        : [{ kind: 'NOTE' as const, eventId: note.noteId, atMs, note: { ...note, atMs } }],
    ),
  ]
  return events.toSorted((a, b) => a.atMs - b.atMs)
}

/** Pressed twice in a row, "previous" goes on to the one before; in ms. */
const JUST_PASSED_MS = 1_000

/** The event to jump to from a place; null: there is none that way. */
export function neighbourOf(
  events: readonly LineEvent[],
  positionMs: number,
  way: 'next' | 'previous',
): LineEvent | null {
  if (way === 'next') return events.find(({ atMs }) => atMs > positionMs) ?? null
  return events.findLast(({ atMs }) => atMs < positionMs - JUST_PASSED_MS) ?? null
}

/** Silence as short as a breath is part of what is said. In ms. */
const BREATH_MS = 1_500

/** Where somebody begins to speak next, after a silence of all; null: nobody does any more. */
export function nextSpeechMs(speech: readonly Stretch[], positionMs: number): number | null {
  const begins = speech.map(({ fromMs }) => fromMs).toSorted((a, b) => a - b)
  const isAfterSilence = (atMs: number) =>
    !speech.some(({ fromMs, toMs }) => fromMs < atMs && atMs - toMs < BREATH_MS)
  return begins.find((atMs) => atMs > positionMs && isAfterSilence(atMs)) ?? null
}

/** What is missing at a place for everybody; null: nothing, or of somebody only. */
export function wholeGapAt(gaps: readonly Gap[], positionMs: number): Gap | null {
  return gaps.find((gap) => gap.seatId === undefined && covers(gap, positionMs)) ?? null
}

/** Why a person's picture is not there at a place; null: nobody noted it. */
export function pictureGapAt(gaps: readonly Gap[], seatId: string, positionMs: number): Gap | null {
  const own = gaps.find(
    (gap) =>
      gap.seatId === seatId &&
      (gap.kind === undefined || gap.kind === 'video') &&
      covers(gap, positionMs),
  )
  return own ?? wholeGapAt(gaps, positionMs)
}

function covers({ fromMs, toMs }: Stretch, positionMs: number): boolean {
  return fromMs <= positionMs && positionMs < toMs
}

/** Where a press at a place of the line leads: to what is marked close by, else to the very place. */
export function snapped(positionMs: number, marksMs: readonly number[], withinMs: number): number {
  const [nearest] = marksMs.toSorted((a, b) => Math.abs(a - positionMs) - Math.abs(b - positionMs))
  return nearest !== undefined && Math.abs(nearest - positionMs) <= withinMs ? nearest : positionMs
}

/** Further from a place than this, a thumbnail shows something else. In ms. */
const THUMBNAIL_REACH_MS = 30_000

/** A small picture of a person, and when it was so. */
export type Still = { readonly trackId: string; readonly index: number; readonly atMs: number }

/** All small pictures of a person. */
export function stillsOf({ tracks }: SeatTracks): Still[] {
  return tracks.flatMap(({ trackId, thumbnailsMs }) =>
    thumbnailsMs.map((atMs, index) => ({ trackId, index, atMs })),
  )
}

/** The one that is nearest to a place; null: there is none near it. */
export function stillAt(stills: readonly Still[], positionMs: number): Still | null {
  const farMs = ({ atMs }: Still) => Math.abs(atMs - positionMs)
  const [nearest] = stills.toSorted((a, b) => farMs(a) - farMs(b))
  return nearest !== undefined && farMs(nearest) <= THUMBNAIL_REACH_MS ? nearest : null
}

/** The one that stands for a place until the very frame is there: nearer to it than what is on screen, or null. */
export function stillFor(
  stills: readonly Still[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Still | null {
  const still = stillAt(stills, toMs)
  return still !== null && Math.abs(still.atMs - toMs) < Math.abs(fromMs - toMs) ? still : null
}

/** How long the contract lets a play be open. */
const PLAY_MS = 3_600_000

/**
 * When a play ends by this device's clock, in ms. A clock that is wrong would close it at once or never; the
 * server knows the right end anyway.
 */
export function endOfPlay(expiresAt: string, openedMs: number): number {
  const endMs = Date.parse(expiresAt)
  const isSane = endMs > openedMs && endMs <= openedMs + PLAY_MS
  return isSane ? endMs : openedMs + PLAY_MS
}
