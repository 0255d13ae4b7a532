import type { DeviceState, SeatReport } from '@visavis/contract/visit-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { createSignal } from '../../platform/signal.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Timeline, TimelineNote } from '../timeline/index.ts'
import type { JoinedSeat } from './seat-connections.ts'
import type { SeatAdvice } from './seat-advice.ts'
import type { VisitHall } from './visit-hall.ts'
import type { VisitRecord } from './visit-record.ts'

/** A seat of which nothing was told yet is here, with all it needs. */
export const NOTHING_REPORTED: SeatReport = {
  ...{ isAway: false, camera: 'ON', microphone: 'ON' },
  face: null,
}

/** Bounds what one seat can write into a visit's timeline: a whole visit of a phone that comes and goes. */
const MAX_NOTES = 200

/**
 * What seats tell of their page and devices (LV-10): shown to the others, noted in the timeline; and what
 * staff are advised of it (LV-11), of which the others do not learn by so much as an event.
 */
export type SeatReports = {
  /** A seat's page or devices fare differently as the others see them: the visit's views have changed. */
  readonly reported: Signal<VisitRecord>
  readonly report: (seat: JoinedSeat, report: SeatReport) => Promise<void>
}

type Deps = {
  readonly hall: VisitHall
  readonly timeline: Pick<Timeline, 'add'>
  readonly advice: Pick<SeatAdvice, 'hear'>
  readonly clock: Clock
  readonly log: Logger
}

export function createSeatReports({ hall, timeline, advice, clock, log }: Deps): SeatReports {
  const reported = createSignal<VisitRecord>()
  return {
    reported,
    async report({ visitId, seatId }, told) {
      const open = hall.get(visitId)
      if (!open) return
      const report = keptOf(told, open.visit)
      const before = open.reports.get(seatId)?.report ?? NOTHING_REPORTED
      const noted = open.reports.get(seatId)?.noted ?? 0
      const notes = notesOf(before, report, { seatId, at: clock.now() })
      open.reports.set(seatId, { report, noted: noted + notes.length })
      const isAdvised = advice.hear({ visitId, seatId }, report)
      if (!isSame(presenceOf(before), presenceOf(report))) reported.emit(open.visit)
      await isAdvised
      if (notes.length === 0 || noted + notes.length > MAX_NOTES) return
      await timeline.add(visitId, notes).catch((error: unknown) => {
        // The visit goes on without the note (LV-8): the database may be away for a minute.
        log.warn({ visitId, seatId, err: error }, 'report not noted')
      })
    },
  }
}

/** Of a visit that nobody may watch not even the server keeps what its cameras see (OV-1). */
function keptOf(report: SeatReport, { policy }: VisitRecord): SeatReport {
  return policy.monitor === 'NONE' ? { ...report, face: null } : report
}

const isSame = (one: object, other: object): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

type Moment = { readonly seatId: string; readonly at: Date }

/** The timeline entries that follow from a report; what was the case before is not noted again. */
export function notesOf(before: SeatReport, after: SeatReport, moment: Moment): TimelineNote[] {
  const notes: TimelineNote[] = []
  if (after.isAway !== before.isAway) {
    notes.push({ ...moment, kind: after.isAway ? 'AWAY' : 'BACK', detail: {} })
  }
  for (const device of ['camera', 'microphone'] as const) {
    const state: DeviceState = after[device]
    if (state !== before[device])
      notes.push({ ...moment, kind: 'DEVICE', detail: { device, state } })
  }
  return notes
}

/** What the others are told of a seat: no more than what a person across a table would see (EL-8). */
export function presenceOf({ isAway, camera, microphone }: SeatReport): {
  isAway: boolean
  isCameraOff: boolean
  isMicrophoneOff: boolean
} {
  return {
    // A camera that the system withholds, for a call or a locked screen, is as good as away.
    isAway: isAway || camera === 'INTERRUPTED' || microphone === 'INTERRUPTED',
    isCameraOff: OFF.has(camera),
    isMicrophoneOff: OFF.has(microphone),
  }
}

const OFF: ReadonlySet<DeviceState> = new Set<DeviceState>(['OFF', 'NONE', 'ENDED'])
