import { fillPath } from '@visavis/ui/api/api.ts'
import type { PathTable } from '@visavis/ui/api/api.ts'

/** The routes these pages call. */
export const PATHS = {
  signIn: ['POST', '/api/sign-in'],
  signOut: ['POST', '/api/sign-out'],
  me: ['GET', '/api/me'],
  myVisits: ['GET', '/api/my/visits'],
  myVisit: ['GET', '/api/my/visits/:visitId'],
  listTerminals: ['GET', '/api/terminals'],
  issueEnrolmentCode: ['POST', '/api/terminals/:terminalId/enrolment-codes'],
  listRecordings: ['GET', '/api/recordings'],
  openPlay: ['POST', '/api/recordings/:recordingId/plays'],
  playTrack: ['GET', '/api/plays/:playId/tracks/:trackId'],
} as const satisfies PathTable

/** A route that these pages call. */
export type RouteName = keyof typeof PATHS

/** The address of one track of an open playback, for a media element. */
export function trackUrl(playId: string, trackId: string): string {
  return fillPath(PATHS.playTrack[1], { playId, trackId })
}
