import type { z } from 'zod'
import { heldAt } from '@visavis/contract/quality-ladder'
import { NO_WISHES } from '@visavis/contract/quality'
import type { QualityWishes, SeatQuality } from '@visavis/contract/quality'
import type { LinesView } from '@visavis/contract/visit'
import type { SeatQualityReport } from '@visavis/contract/visit-socket'
import type { TimelineNote } from '../timeline/index.ts'
import type { VisitRecord } from './visit-record.ts'

/** A seat of which nothing was told yet sends all it can and wishes nothing. */
export const NOTHING_TOLD: SeatQualityReport = { ...NO_WISHES, step: 'LARGE' }

/** What is known of the quality of one visit, by seat id. */
export type QualityBook = {
  /** What each seat told of how it sends and what it wishes. */
  readonly told: ReadonlyMap<string, SeatQualityReport>
  /** What the SFU found last. */
  readonly measured: ReadonlyMap<string, SeatQuality>
}

/** LV-9: whether the picture goes last in a visit: somebody signs, or interprets. */
export function keepsPicture(
  { seats }: Pick<VisitRecord, 'seats'>,
  { told }: QualityBook,
): boolean {
  return seats.some(({ seatId, role }) => role === 'INTERPRETER' || told.get(seatId)?.keepsPicture)
}

/** Whether somebody in a visit has said that they sign. */
export function isSigned({ seats }: Pick<VisitRecord, 'seats'>, { told }: QualityBook): boolean {
  return seats.some(({ seatId }) => told.get(seatId)?.keepsPicture === true)
}

/** The lines of a visit as one seat sees them; of others nothing before they are together (EL-8). */
export function linesFor(
  { seats }: Pick<VisitRecord, 'seats'>,
  viewerId: string,
  { told, measured }: QualityBook,
): z.input<typeof LinesView> {
  const heldFromViewer = measured.get(viewerId)?.receive.held ?? {}
  const others = seats
    .filter(({ seatId }) => seatId !== viewerId)
    .map(({ seatId, cameraSeatId, state }) => {
      if (state !== 'IN') return { seatId, connection: null, held: null }
      const sourceId = cameraSeatId ?? seatId
      return {
        seatId,
        connection: measured.get(sourceId)?.level ?? null,
        held: heldAt((told.get(sourceId) ?? NOTHING_TOLD).step) ?? heldFromViewer[sourceId] ?? null,
      }
    })
  const own = measured.get(viewerId)
  return { connection: own?.level ?? null, asked: own?.send.asked ?? 'WHOLE', others }
}

/** What the media node is told of a seat's wishes. */
export function wishesOf({ isDataSaver, keepsPicture: keeps }: SeatQualityReport): QualityWishes {
  return { isDataSaver, keepsPicture: keeps }
}

type Moment = { readonly seatId: string; readonly at: Date }

/** What the timeline keeps of what a seat told: its step, and its choices. */
export function notesOfTold(
  before: SeatQualityReport,
  after: SeatQualityReport,
  moment: Moment,
): TimelineNote[] {
  const notes: TimelineNote['detail'][] = []
  if (after.step !== before.step) notes.push({ direction: 'SEND', step: after.step })
  if (after.isDataSaver !== before.isDataSaver) notes.push({ isDataSaver: after.isDataSaver })
  if (after.keepsPicture !== before.keepsPicture) notes.push({ keepsPicture: after.keepsPicture })
  return notes.map((detail) => ({ ...moment, kind: 'QUALITY', detail }))
}

/** What the timeline keeps of what the SFU asked of a seat, held back from it or let go again. */
export function notesOfMeasured(
  before: SeatQuality | undefined,
  after: SeatQuality,
  { at }: Pick<Moment, 'at'>,
): TimelineNote[] {
  const [was, is] = [before?.receive.held ?? {}, after.receive.held]
  const sources = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const held = sources
    .filter((sourceId) => was[sourceId] !== is[sourceId])
    .map((from) => ({ direction: 'RECEIVE', held: is[from] ?? null, from }))
  const { asked } = after.send
  const details = asked === (before?.send.asked ?? 'WHOLE') ? held : [...held, { asked }]
  return details.map((detail) => ({ at, kind: 'QUALITY', seatId: after.seatId, detail }))
}

/** Whether anybody is to be told a difference between two looks of the SFU; figures alone are the staff's. */
export function looksAlike(
  before: ReadonlyMap<string, SeatQuality>,
  after: ReadonlyMap<string, SeatQuality>,
): boolean {
  const seenOf = (all: ReadonlyMap<string, SeatQuality>): string =>
    JSON.stringify(
      [...all.values()]
        .map(({ seatId, level, send, receive }) => [seatId, level, send.asked, receive.held])
        .sort(),
    )
  return seenOf(before) === seenOf(after)
}

/** Whether two reports wish the same. */
export function isSameWish(one: QualityWishes, other: QualityWishes): boolean {
  return one.isDataSaver === other.isDataSaver && one.keepsPicture === other.keepsPicture
}
