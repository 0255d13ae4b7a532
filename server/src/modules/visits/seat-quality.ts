import type { SeatQuality } from '@visavis/contract/quality'
import type { SeatQualityReport } from '@visavis/contract/visit-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { createSignal } from '../../platform/signal.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Rooms } from '../rooms/index.ts'
import type { Timeline, TimelineNote } from '../timeline/index.ts'
import {
  NOTHING_TOLD,
  looksAlike,
  notesOfMeasured,
  notesOfTold,
  isSameWish,
  wishesOf,
} from './quality-rules.ts'
import type { JoinedSeat } from './seat-connections.ts'
import type { OpenVisit, VisitHall } from './visit-hall.ts'
import type { VisitRecord } from './visit-record.ts'

/** Bounds what one seat's line can write into a visit's timeline. */
const MAX_NOTES = 200

/** How well a visit's seats are connected (LV-9, OV-9): told to people in a word, to staff in figures. */
export type SeatQualities = {
  /** Somebody has chosen something: the visit's views have changed. */
  readonly chosen: Signal<VisitRecord>
  /** How a line is, as people see it, has changed. */
  readonly linesMoved: Signal<VisitRecord>
  /** A seat tells how it sends and what it wishes. */
  readonly tell: (seat: JoinedSeat, report: SeatQualityReport) => Promise<void>
}

/** The SFU has looked at all seats of a visit. */
export type QualityMeasured = Signal<{
  readonly visit: VisitRecord
  readonly seats: readonly SeatQuality[]
}>

type Deps = {
  readonly hall: VisitHall
  readonly timeline: Pick<Timeline, 'add'>
  readonly clock: Clock
  readonly log: Logger
}

/** Keeps what is known of the quality; `rooms` makes the wishes true. */
export function createSeatQualities(
  deps: Deps & { readonly rooms: Rooms; readonly measured: QualityMeasured },
): SeatQualities {
  const { hall, rooms, measured, clock, log } = deps
  const chosen: SeatQualities['chosen'] = createSignal()
  const linesMoved: SeatQualities['linesMoved'] = createSignal()
  rooms.signals.quality.on(({ visitId, seats }) => {
    const open = hall.get(visitId)
    if (!open) return
    const after = new Map(seats.map((seat) => [seat.seatId, seat]))
    const before = open.quality.measured
    open.quality.measured = after
    measured.emit({ visit: open.visit, seats })
    if (looksAlike(before, after)) return
    linesMoved.emit(open.visit)
    const at = clock.now()
    void note(
      deps,
      open,
      seats.flatMap((seat) => notesOfMeasured(before.get(seat.seatId), seat, { at })),
    )
  })
  return {
    chosen,
    linesMoved,
    async tell({ visitId, seatId }, report) {
      const open = hall.get(visitId)
      if (!open) return
      const before = open.quality.told.get(seatId) ?? NOTHING_TOLD
      open.quality.told.set(seatId, report)
      // Even if it is nothing new here: the node may have been replaced since.
      rooms.peers.preferQuality(visitId, seatId, wishesOf(report)).catch((error: unknown) => {
        // A seat without media opens them with its wishes.
        log.debug({ visitId, seatId, err: error }, 'wishes not told to the media node')
      })
      const notes = notesOfTold(before, report, { seatId, at: clock.now() })
      if (notes.length === 0) return
      if (report.step !== before.step) linesMoved.emit(open.visit)
      if (!isSameWish(before, report)) chosen.emit(open.visit)
      await note(deps, open, notes)
    },
  }
}

/** The visit goes on without a note (LV-8): the database may be away for a minute. */
async function note(
  { timeline, log }: Deps,
  { visit, quality }: OpenVisit,
  notes: readonly TimelineNote[],
): Promise<void> {
  const kept = notes.filter(({ seatId }) => {
    const noted = (quality.noted.get(seatId ?? '') ?? 0) + 1
    quality.noted.set(seatId ?? '', noted)
    return noted <= MAX_NOTES
  })
  const { visitId } = visit
  await timeline.add(visitId, kept).catch((error: unknown) => {
    log.warn({ visitId, err: error }, 'quality not noted')
  })
}
