import type { Party } from '@visavis/contract/media-graph'
import type { GapCause } from '@visavis/contract/recording-manifest'
import type { TimelineKind } from '@visavis/contract/timeline'
import { between, without } from './gap-spans.ts'
import type { Stretch } from './gap-spans.ts'

/** An entry of the visit's timeline, as far as gaps follow from it. */
export type GapNote = {
  readonly atMs: number
  readonly kind: TimelineKind
  readonly seatId: string | null
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}

/** Somebody with a seat. */
export type GapSeat = { readonly seatId: string; readonly party: Party }

type Course = {
  readonly endMs: number
  readonly notes: readonly GapNote[]
  readonly flow: readonly (Stretch & { readonly seats: Readonly<Record<string, string>> })[]
  readonly damaged: readonly Stretch[]
}

/** After these nobody waits for a picture or sound of that seat, until they are let in again. */
const GONE = new Set<TimelineKind>(['LEFT', 'REMOVED', 'REFUSED', 'PUT_BACK'])

/** When a seat's own picture and sound are expected: from when it was let in, and not while it is at another's camera. */
export function expectedOf(
  { seatId }: GapSeat,
  { notes, endMs }: Pick<Course, 'notes' | 'endMs'>,
): Stretch[] {
  const own = notes.filter((note) => note.seatId === seatId)
  const isIn = between(own, {
    begins: ({ kind }) => kind === 'ADMITTED' || kind === 'CAME_BACK',
    ends: ({ kind }) => GONE.has(kind),
    endMs,
  })
  const elsewhere = between(own, {
    begins: ({ kind, detail }) => kind === 'TOGETHER' && detail['isTogether'] === true,
    ends: ({ kind, detail }) => kind === 'TOGETHER' && detail['isTogether'] === false,
    endMs,
  })
  return without(isIn, elsewhere)
}

type Place = { readonly seat: GapSeat; readonly kind: 'audio' | 'video'; readonly atMs: number }

/** Why nothing of a seat's picture or sound is there at an instant. */
export function causeOfTrackAt(course: Course, place: Place): GapCause {
  const isDamaged = course.damaged.some(
    ({ fromMs, toMs }) => fromMs <= place.atMs && place.atMs < toMs,
  )
  if (isDamaged) return 'DAMAGED'
  const past = course.notes.filter(({ atMs }) => atMs <= place.atMs)
  const own = past.filter(({ seatId }) => seatId === place.seat.seatId)
  if (place.kind === 'audio' && isMuted(past, place.seat.party)) return 'MUTED'
  const link = own.findLast(({ kind }) => LINK.has(kind))?.kind
  if (link === 'DROPPED') return 'LINE_LOST'
  return causeOfDevice(own, place.kind) ?? causeOfFlow(course, place)
}

const LINK = new Set<TimelineKind>(['ARRIVED', 'ADMITTED', 'CAME_BACK', 'DROPPED', 'LEFT'])

function isMuted(past: readonly GapNote[], party: Party): boolean {
  const last = past.findLast(
    ({ kind, detail }) =>
      (kind === 'MUTED' || kind === 'UNMUTED') &&
      (detail['code'] === party || detail['code'] === 'BOTH'),
  )
  return last?.kind === 'MUTED'
}

/** What the seat told of its own camera and microphone; a page that is away sends no picture. */
function causeOfDevice(own: readonly GapNote[], kind: 'audio' | 'video'): GapCause | null {
  const device = kind === 'audio' ? 'microphone' : 'camera'
  const state = own.findLast((note) => note.kind === 'DEVICE' && note.detail['device'] === device)
    ?.detail['state']
  if (state === 'OFF') return 'SWITCHED_OFF'
  if (state !== undefined && state !== 'ON') return 'DEVICE_LOST'
  const page = own.findLast((note) => note.kind === 'AWAY' || note.kind === 'BACK')?.kind
  return page === 'AWAY' ? 'SWITCHED_OFF' : null
}

/** What the SFU saw of the seat. */
function causeOfFlow({ flow }: Course, { seat, atMs }: Place): GapCause {
  const stretch = flow.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)
  return stretch?.seats[seat.seatId] === 'NO_TRANSPORT' ? 'LINE_LOST' : 'NOT_KNOWN'
}
