import { bookingRoutes } from './http/booking.ts'
import { lifeEventRoutes } from './http/life-events.ts'
import { linkCentreRoutes } from './http/link-centres.ts'
import { noticeRoutes } from './http/notices.ts'
import { peopleRoutes } from './http/people.ts'
import { preflightRoutes } from './http/preflights.ts'
import { recordingRoutes } from './http/recordings.ts'
import type { Route } from './http/route.ts'
import { signInRoutes } from './http/sign-in.ts'
import { terminalRoutes } from './http/terminals.ts'
import { timetableRoutes } from './http/timetable.ts'
import { visitPeopleRoutes } from './http/visit-people.ts'
import { visitRoutes } from './http/visits.ts'

export * from './http/booking.ts'
export * from './http/life-events.ts'
export * from './http/link-centres.ts'
export * from './http/notices.ts'
export * from './http/people.ts'
export * from './http/preflights.ts'
export * from './http/recordings.ts'
export * from './http/route.ts'
export * from './http/sign-in.ts'
export * from './http/terminals.ts'
export * from './http/timetable.ts'
export * from './http/visit-people.ts'
export * from './http/visits.ts'

/** Every REST route there is; the server binds them, OpenAPI, access tests and clients are made of them. */
export const routes = {
  ...signInRoutes,
  ...visitRoutes,
  ...visitPeopleRoutes,
  ...terminalRoutes,
  ...recordingRoutes,
  ...peopleRoutes,
  ...timetableRoutes,
  ...bookingRoutes,
  ...lifeEventRoutes,
  ...linkCentreRoutes,
  ...noticeRoutes,
  ...preflightRoutes,
} as const satisfies Record<string, Route>
