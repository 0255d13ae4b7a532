import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Signal } from '../../platform/signal.ts'
import type { Rooms } from '../rooms/index.ts'
import type { LiveVisits, VisitRecord } from '../visits/index.ts'
import type { HeadKeeper } from './heads.service.ts'
import type { RecorderOutages } from './recorder-outages.ts'
import type { RecorderLink, RecorderLinks } from './recorder-links.ts'
import type { Retries } from './retries.ts'
import type { RecordingLog } from './recording-log.ts'

/** A recording that goes on at a recorder. */
export type GoingRecording = {
  readonly recordingId: string
  /** Of the room. */
  readonly epoch: number
  /** Its own among the visit's. */
  readonly number: number
  readonly link: RecorderLink
}

/** Takes in what a recorder has made; safe to run twice. */
export type TakeResult = (
  recordingId: string,
  told: { readonly resultSha256: string },
) => Promise<void>

/** What the parts of this module share about the recordings that are being made. */
export type RecordingDesk = {
  /** By visit id; one at a time. */
  readonly going: Map<string, GoingRecording>
  /** Visits whose recording is fully tapped. */
  readonly tapped: Set<string>
  /** Visits that should be recorded and are not, and since when. */
  readonly awaited: Map<string, Date>
  readonly changed: Signal<{ visitId: string }>
  readonly links: () => RecorderLinks
  readonly rooms: Rooms
  readonly visits: Pick<LiveVisits, 'open'>
  readonly store: RecordingLog
  readonly heads: HeadKeeper
  /** Makes what belongs to the files of a finished recording; safe to run twice. */
  readonly takeResult: TakeResult
  readonly retries: Retries
  /** Visits whose recorder has just failed: they are tried again a moment later. */
  readonly resting: ReadonlySet<string>
  readonly rest: (visitId: string) => void
  readonly outages: RecorderOutages
  /** Makes people look at a visit's recordings; once a visit. */
  readonly alarm: (visitId: string, reason: string) => Promise<void>
  /** Looks at a visit's gaps and manifests again; safe to run at any time. */
  readonly sealAgain: (visitId: string) => Promise<void>
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
export function tookHold({ tapped, awaited, changed }: RecordingDesk, visitId: string): void {
  tapped.add(visitId)
  awaited.delete(visitId)
  changed.emit({ visitId })
}

/** No longer counts it. */
export function letGo(desk: RecordingDesk, visitId: string): void {
  desk.going.delete(visitId)
  if (!desk.tapped.delete(visitId)) return
  awaitRecording(desk, visitId)
  desk.changed.emit({ visitId })
}

/** Begins to count since when a visit that should be recorded is not; once. */
export function awaitRecording({ awaited, clock }: RecordingDesk, visitId: string): void {
  if (!awaited.has(visitId)) awaited.set(visitId, clock.now())
}

/** A visit that is over gets its last word on what is missing, whatever has just become of its recording. */
export async function sealIfEnded(desk: RecordingDesk, visitId: string): Promise<void> {
  if (openVisit(desk, visitId)) return
  await desk.retries.run(`gaps of ${visitId}`, () => desk.sealAgain(visitId))
}
