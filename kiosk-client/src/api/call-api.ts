import { createApi } from '@visavis/ui/api/api.ts'

/** Calls a route that a terminal uses. Never rejects: a failure is a code that has words. */
export const callApi = createApi({
  enrolTerminal: ['POST', '/api/terminal/enrol'],
  terminal: ['GET', '/api/terminal'],
  inmateSignIn: ['POST', '/api/terminal/sign-in'],
  inmateSignOut: ['POST', '/api/terminal/sign-out'],
  terminalVisits: ['GET', '/api/terminal/visits'],
})
