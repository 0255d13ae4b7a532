import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Signal } from '../../platform/signal.ts'
import type { Rooms } from '../rooms/index.ts'
import type { LiveVisits, VisitRecord } from '../visits/index.ts'
import type { RecorderLink, RecorderLinks } from './recorder-links.ts'
import type { RecordingLog } from './recording-log.ts'

/** A recording that goes on at a recorder. */
export type GoingRecording = {
  readonly recordingId: string
  readonly epoch: number
  readonly link: RecorderLink
}

/** What the parts of this module share about the recordings that are being made. */
export type RecordingDesk = {
  /** By visit id; one at a time. */
  readonly going: Map<string, GoingRecording>
  /** Visits whose recording is fully tapped. */
  readonly tapped: Set<string>
  /** Visits that should be recorded and are not, as already entered in the log. */
  readonly missing: Set<string>
  readonly changed: Signal<{ visitId: string }>
  readonly links: () => RecorderLinks
  readonly rooms: Rooms
  readonly visits: Pick<LiveVisits, 'open'>
  readonly store: RecordingLog
  readonly newId: () => string
  readonly grantSecret: string
  /** Until then a recorder that was not reached yet is no news: this server has only just started. */
  readonly readyBy: Date
  readonly clock: Clock
  readonly log: Logger
}

/** An open visit as last stored. */
export function openVisit({ visits }: RecordingDesk, visitId: string): VisitRecord | undefined {
  return visits.open().find((visit) => visit.visitId === visitId)
}

/** Begins to count a visit's recording as going on. */
export function tookHold({ tapped, missing, changed }: RecordingDesk, visitId: string): void {
  tapped.add(visitId)
  missing.delete(visitId)
  changed.emit({ visitId })
}

/** No longer counts it. */
export function letGo({ going, tapped, changed }: RecordingDesk, visitId: string): void {
  going.delete(visitId)
  if (tapped.delete(visitId)) changed.emit({ visitId })
}
