import type { RecordingStanding } from '../visits/index.ts'
import type { RecordingDesk } from './recording-desk.ts'

/** A recorder that died is back in about a second; so long its absence is no reason to stop a visit (RC-3). */
export const TAKEOVER_MS = 5_000

/** Whether a recorder that can be reached gets the visit's media now. */
export function isBeingRecorded({ tapped, going }: RecordingDesk, visitId: string): boolean {
  return tapped.has(visitId) && (going.get(visitId)?.link.isConnected() ?? false)
}

/** How a visit's recording stands (RC-3). */
export function standingOf(desk: RecordingDesk, visitId: string, now: Date): RecordingStanding {
  if (isBeingRecorded(desk, visitId)) return { kind: 'STANDS' }
  const since = desk.awaited.get(visitId) ?? now
  // Without a room there is no media: that nothing is recorded is not for want of a recorder.
  const hasRoom = desk.rooms.placementOf(visitId) !== null
  const isLong = now.getTime() - since.getTime() >= TAKEOVER_MS
  return { kind: hasRoom && isLong && now >= desk.readyBy ? 'MISSING' : 'AWAITED', since }
}
