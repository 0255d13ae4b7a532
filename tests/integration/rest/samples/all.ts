import type { routes } from '@visavis/contract/http'
import { accountAdminSamples } from './account-admin.ts'
import { accountSecuritySamples } from './account-security.ts'
import { adviceSamples } from './advice.ts'
import { auditSamples } from './audit.ts'
import { bookingSamples } from './booking.ts'
import { certificatesSamples } from './certificates.ts'
import { erasureSamples } from './erasures.ts'
import { facilitySettingsSamples } from './facility-settings.ts'
import { incidentSamples } from './incidents.ts'
import { lifeEventsSamples } from './life-events.ts'
import { linkCentresSamples } from './link-centres.ts'
import { myDataSamples } from './my-data.ts'
import { noticesSamples } from './notices.ts'
import { officersSamples } from './officers.ts'
import { operationsSamples } from './operations.ts'
import { oversightSamples } from './oversight.ts'
import { peopleSamples } from './people.ts'
import { personalDataSamples } from './personal-data.ts'
import { preflightSamples } from './preflight.ts'
import { readyTextSamples } from './ready-texts.ts'
import { recordingCopySamples } from './recording-copies.ts'
import { recordingSamples } from './recordings.ts'
import { retentionSamples } from './retention.ts'
import { signInSamples } from './sign-in.ts'
import { stillSamples } from './stills.ts'
import { terminalSamples } from './terminals.ts'
import { timetableSamples } from './timetable.ts'
import { visitPeopleSamples } from './visit-people.ts'
import { visitSamples } from './visits.ts'
import type { RecordedWorld } from './recordings.ts'
import type { SampleMaker } from './sample.ts'

export type RouteName = keyof typeof routes

/** For every route a request that succeeds for whoever may make it; a route without one does not compile. */
export function allSamples(given: RecordedWorld): Record<RouteName, SampleMaker> {
  return {
    ...peopleSamples(given),
    ...timetableSamples(given),
    ...accountAdminSamples(given),
    ...accountSecuritySamples(given),
    ...adviceSamples(),
    ...auditSamples(given),
    ...bookingSamples(given),
    ...certificatesSamples(given),
    ...erasureSamples(given),
    ...facilitySettingsSamples(given),
    ...incidentSamples(given),
    ...lifeEventsSamples(given),
    ...linkCentresSamples(given),
    ...myDataSamples(given),
    ...noticesSamples(given),
    ...officersSamples(),
    ...operationsSamples(),
    ...oversightSamples(given),
    ...personalDataSamples(),
    ...preflightSamples(given),
    ...readyTextSamples(given),
    ...recordingSamples(given),
    ...recordingCopySamples(given),
    ...retentionSamples(given),
    ...stillSamples(given),
    ...visitPeopleSamples(given),
    ...signInSamples(given),
    ...terminalSamples(given),
    ...visitSamples(given),
  }
}
