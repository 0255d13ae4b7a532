import { accountAdminRoutes } from './http/account-admin.ts'
import { accountSecurityRoutes } from './http/account-security.ts'
import { adviceRoutes } from './http/advice.ts'
import { auditRoutes } from './http/audit.ts'
import { bookingRoutes } from './http/booking.ts'
import { certificateRoutes } from './http/certificates.ts'
import { erasureRoutes } from './http/erasures.ts'
import { facilitySettingsRoutes } from './http/facility-settings.ts'
import { incidentRoutes } from './http/incidents.ts'
import { lifeEventRoutes } from './http/life-events.ts'
import { linkCentreRoutes } from './http/link-centres.ts'
import { myDataRoutes } from './http/my-data.ts'
import { noticeRoutes } from './http/notices.ts'
import { officerRoutes } from './http/officers.ts'
import { operationsRoutes } from './http/operations.ts'
import { oversightRoutes } from './http/oversight.ts'
import { stillRoutes } from './http/stills.ts'
import { peopleRoutes } from './http/people.ts'
import { personalDataRoutes } from './http/personal-data.ts'
import { preflightRoutes } from './http/preflights.ts'
import { readyTextRoutes } from './http/ready-texts.ts'
import { recordingCheckRoutes } from './http/recording-checks.ts'
import { recordingCopyRoutes } from './http/recording-copies.ts'
import { recordingRoutes } from './http/recordings.ts'
import { recordedOfMeRoutes } from './http/recorded-of-me.ts'
import { retentionRoutes } from './http/retention.ts'
import type { Route } from './http/route.ts'
import { signInRoutes } from './http/sign-in.ts'
import { terminalRoutes } from './http/terminals.ts'
import { timetableRoutes } from './http/timetable.ts'
import { visitPeopleRoutes } from './http/visit-people.ts'
import { visitRoutes } from './http/visits.ts'

export * from './http/account-admin.ts'
export * from './http/account-security.ts'
export * from './http/advice.ts'
export * from './http/audit.ts'
export * from './http/booking.ts'
export * from './http/certificates.ts'
export * from './http/erasures.ts'
export * from './http/facility-settings.ts'
export * from './http/incidents.ts'
export * from './http/life-events.ts'
export * from './http/link-centres.ts'
export * from './http/my-data.ts'
export * from './http/notices.ts'
export * from './http/officers.ts'
export * from './http/operations.ts'
export * from './http/oversight.ts'
export * from './http/stills.ts'
export * from './http/passkey-shapes.ts'
export * from './http/people.ts'
export * from './http/personal-data.ts'
export * from './http/preflights.ts'
export * from './http/ready-texts.ts'
export * from './http/recording-checks.ts'
export * from './http/recording-copies.ts'
export * from './http/recordings.ts'
export * from './http/recorded-of-me.ts'
export * from './http/retention.ts'
export * from './http/route.ts'
export * from './http/sign-in.ts'
export * from './http/terminals.ts'
export * from './http/timetable.ts'
export * from './http/visit-people.ts'
export * from './http/visits.ts'

/** Every REST route there is; the server binds them, OpenAPI, access tests and clients are made of them. */
export const routes = {
  ...signInRoutes,
  ...accountSecurityRoutes,
  ...accountAdminRoutes,
  ...adviceRoutes,
  ...auditRoutes,
  ...visitRoutes,
  ...visitPeopleRoutes,
  ...terminalRoutes,
  ...recordingRoutes,
  ...recordingCheckRoutes,
  ...recordingCopyRoutes,
  ...retentionRoutes,
  ...recordedOfMeRoutes,
  ...peopleRoutes,
  ...timetableRoutes,
  ...bookingRoutes,
  ...certificateRoutes,
  ...erasureRoutes,
  ...facilitySettingsRoutes,
  ...incidentRoutes,
  ...lifeEventRoutes,
  ...linkCentreRoutes,
  ...myDataRoutes,
  ...noticeRoutes,
  ...officerRoutes,
  ...operationsRoutes,
  ...oversightRoutes,
  ...stillRoutes,
  ...personalDataRoutes,
  ...preflightRoutes,
  ...readyTextRoutes,
} as const satisfies Record<string, Route>
