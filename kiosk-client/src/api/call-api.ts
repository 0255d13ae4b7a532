import type { FailureCode } from '@visavis/ui'
import { createApi } from '@visavis/ui/api/api.ts'
import { thisDevice } from '../device/this-device.ts'

const PATHS = {
  terminalVisits: ['GET', '/api/terminal/visits'],
  terminalVisitReceipt: ['GET', '/api/terminal/visits/:visitId/receipt'],
  terminal: ['GET', '/api/terminal'],
  terminalPreflight: ['GET', '/api/terminal/preflight'],
  inmateSignIn: ['POST', '/api/terminal/sign-in'],
  inmateSignOut: ['POST', '/api/terminal/sign-out'],
  deskSignIn: ['POST', '/api/terminal/desk-sign-in'],
  terminalBeat: ['POST', '/api/terminal/beat'],
  terminalRequests: ['GET', '/api/terminal/requests'],
  answerRequest: ['POST', '/api/terminal/requests/:relationshipId/answer', 'keyed'],
  endContact: ['POST', '/api/terminal/contacts/:relationshipId/ending', 'keyed'],
  ringVisitor: ['POST', '/api/terminal/rings', 'keyed'],
  ring: ['GET', '/api/terminal/rings/:visitId'],
  takeBackRing: ['POST', '/api/terminal/rings/:visitId/taking-back', 'keyed'],
  enterRing: ['POST', '/api/terminal/rings/:visitId/entry'],
  recordedOfInmate: ['GET', '/api/inmate/recordings'],
  inmateObjects: ['POST', '/api/inmate/recordings/:visitId/objection', 'keyed'],
  terminalNotices: ['GET', '/api/terminal/notices'],
  readNotice: ['POST', '/api/terminal/notices/:noticeId/reading', 'keyed'],
  acknowledgeVisit: ['POST', '/api/terminal/visits/:visitId/acknowledgement', 'keyed'],
} as const

const call = createApi(PATHS, thisDevice.headers)

/** Refusals before anything was done, which a newly proved key may mend. */
const PROVE_AGAIN: ReadonlySet<FailureCode> = new Set([
  'TERMINAL_PROOF_REQUIRED',
  'TERMINAL_NOT_ENROLLED',
])

/** Calls a route that a terminal uses. Never rejects: a failure is a code that has words. */
export const callApi: typeof call = async (name, input) => {
  const answer = await call(name, input)
  if (answer.ok || !PROVE_AGAIN.has(answer.code)) return answer
  thisDevice.drop()
  return call(name, input)
}
