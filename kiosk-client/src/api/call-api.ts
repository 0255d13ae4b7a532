import { createApi } from '@visavis/ui/api/api.ts'

/** Calls a route that a terminal uses. Never rejects: a failure is a code that has words. */
export const callApi = createApi({
  terminalVisits: ['GET', '/api/terminal/visits'],
  terminalVisitReceipt: ['GET', '/api/terminal/visits/:visitId/receipt'],
  enrolTerminal: ['POST', '/api/terminal/enrol'],
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
})
