export { createHelpDesk } from './help-desk.ts'
export type { HelpDesk } from './help-desk.ts'
export { answerHelp } from './help-rules.ts'
export { HELP_COLUMNS, helpOfRow } from './help.repo.ts'
export { helpViewOf } from './visit-view.ts'
export { putBackSeat, removeSeat } from './admission-rules.ts'
export { createLiveVisits } from './live-visits.ts'
export type { LiveVisits } from './live-visits.ts'
export { admitSeat, checkSeat, extendByOfficer, refuseSeat } from './session-rules.ts'
export {
  acknowledgeWarning,
  endByOfficer,
  endSpeech,
  keepPaused,
  muteParty,
  pauseByOfficer,
  resumeByOfficer,
  speak,
  unmuteParty,
  warn,
} from './intervention-rules.ts'
export type { WarningText } from './intervention-rules.ts'
export { speakerIdOf } from './intervention-record.ts'
export { goOnUnrecorded, isToBeRecorded } from './recorder-rules.ts'
export type { RecordingStanding } from './recorder-rules.ts'
export { flagVisit, unflagVisit } from './flag-rules.ts'
export type { FlagReview } from './visit-acts.ts'
export { createVisitChecks } from './visit-checks.ts'
export type { Decide } from './session-rules.ts'
export { isUnderWay } from './visit-record.ts'
export type { SeatRecord, VisitRecord } from './visit-record.ts'
export { clockOf, wallVisitOf } from './visit-view.ts'
export type { VisitChange } from './visit-acts.ts'
