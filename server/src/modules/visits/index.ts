export { createHelpDesk } from './help-desk.ts'
export type { HelpDesk } from './help-desk.ts'
export { answerHelp } from './help-rules.ts'
export { HELP_COLUMNS, helpOfRow } from './help.repo.ts'
export { helpViewOf } from './visit-view.ts'
export { putBackSeat, removeSeat } from './admission-rules.ts'
export { createLiveVisits } from './live-visits.ts'
export type { LiveVisits } from './live-visits.ts'
export {
  admitSeat,
  checkSeat,
  endByOfficer,
  extendByOfficer,
  refuseSeat,
  resumeByOfficer,
} from './session-rules.ts'
export { createVisitChecks } from './visit-checks.ts'
export type { Decide } from './session-rules.ts'
export { isUnderWay } from './visit-record.ts'
export type { SeatRecord, VisitRecord } from './visit-record.ts'
export { clockOf, wallVisitOf } from './visit-view.ts'
export type { VisitChange } from './visit-acts.ts'
