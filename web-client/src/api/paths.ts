import { fillPath } from '@visavis/ui/api/api.ts'
import type { PathTable } from '@visavis/ui/api/api.ts'

/** The routes these pages call. */
export const PATHS = {
  signIn: ['POST', '/api/sign-in'],
  signOut: ['POST', '/api/sign-out'],
  me: ['GET', '/api/me'],
  passkeyRequest: ['POST', '/api/sign-in/passkey/request'],
  passkeySignIn: ['POST', '/api/sign-in/passkey'],
  secondFactor: ['POST', '/api/sign-in/second-factor'],
  redeemSetUpCode: ['POST', '/api/sign-in/set-up'],
  askRecovery: ['POST', '/api/recovery'],
  proveRecovery: ['POST', '/api/recovery/proof'],
  finishRecovery: ['POST', '/api/recovery/finish'],
  mySecurity: ['GET', '/api/my/security'],
  proofRequest: ['POST', '/api/my/proof/request'],
  prove: ['POST', '/api/my/proof'],
  passkeyCreation: ['POST', '/api/my/passkeys/creation'],
  addPasskey: ['POST', '/api/my/passkeys'],
  renamePasskey: ['PUT', '/api/my/passkeys/:passkeyId'],
  removePasskey: ['DELETE', '/api/my/passkeys/:passkeyId'],
  beginTotp: ['POST', '/api/my/totp'],
  confirmTotp: ['POST', '/api/my/totp/confirmation'],
  removeTotp: ['DELETE', '/api/my/totp'],
  renewRecoveryCodes: ['POST', '/api/my/recovery-codes'],
  changePassword: ['PUT', '/api/my/password'],
  endMySession: ['DELETE', '/api/my/sessions/:authSessionId'],
  endMyOtherSessions: ['POST', '/api/my/sessions/ending'],
  askEmailProof: ['POST', '/api/my/email-proof'],
  proveEmail: ['POST', '/api/my/email-proof/confirmation'],
  staffAccounts: ['GET', '/api/accounts'],
  createStaffAccount: ['POST', '/api/accounts'],
  issueSetUpCode: ['POST', '/api/accounts/:accountId/set-up-codes'],
  disableAccount: ['POST', '/api/accounts/:accountId/disable'],
  enableAccount: ['POST', '/api/accounts/:accountId/enable'],
  endAccountSessions: ['POST', '/api/accounts/:accountId/sessions/ending'],
  askReset: ['POST', '/api/accounts/:accountId/resets'],
  decideReset: ['POST', '/api/account-resets/:resetId/decision'],
  myVisits: ['GET', '/api/my/visits'],
  myVisit: ['GET', '/api/my/visits/:visitId'],
  myVisitReceipt: ['GET', '/api/my/visits/:visitId/receipt'],
  issueEnrolmentCode: ['POST', '/api/terminals/:terminalId/enrolment-codes'],
  operations: ['GET', '/api/operations'],
  dataExports: ['GET', '/api/my/data-exports'],
  askDataExport: ['POST', '/api/my/data-exports', 'keyed'],
  dataExport: ['GET', '/api/my/data-exports/:exportId'],
  downloadDataExport: ['GET', '/api/my/data-exports/:exportId/archive.zip'],
  removeDataExport: ['DELETE', '/api/my/data-exports/:exportId', 'keyed'],
  myErasure: ['GET', '/api/my/erasure'],
  askErasure: ['POST', '/api/my/erasure', 'keyed'],
  withdrawErasure: ['DELETE', '/api/my/erasure', 'keyed'],
  erasures: ['GET', '/api/erasures'],
  keepAgainstErasure: ['POST', '/api/erasures/:erasureId/keeping', 'keyed'],
  personalData: ['GET', '/api/personal-data'],
  setDataDays: ['PUT', '/api/personal-data/:dataClass', 'keyed'],
  incidents: ['GET', '/api/incidents'],
  openIncident: ['POST', '/api/incidents', 'keyed'],
  incident: ['GET', '/api/incidents/:incidentId'],
  workOutIncident: ['POST', '/api/incidents/:incidentId/working-out', 'keyed'],
  noteIncident: ['POST', '/api/incidents/:incidentId/notes', 'keyed'],
  authorityTold: ['POST', '/api/incidents/:incidentId/authority-notice', 'keyed'],
  incidentLetters: ['GET', '/api/incidents/:incidentId/letter-templates'],
  sendIncidentLetters: ['POST', '/api/incidents/:incidentId/letters', 'keyed'],
  incidentPapers: ['GET', '/api/incidents/:incidentId/papers'],
  printIncidentLetters: ['GET', '/api/incidents/:incidentId/letters.pdf'],
  lettersPrinted: ['POST', '/api/incidents/:incidentId/printed', 'keyed'],
  incidentReport: ['GET', '/api/incidents/:incidentId/report.zip'],
  askIncidentClosing: ['POST', '/api/incidents/:incidentId/closing', 'keyed'],
  decideIncidentClosing: ['POST', '/api/incidents/:incidentId/closing/decision', 'keyed'],
  listTerminals: ['GET', '/api/terminals'],
  restartTerminal: ['POST', '/api/terminals/:terminalId/restart'],
  disableTerminal: ['POST', '/api/terminals/:terminalId/disable'],
  enableTerminal: ['POST', '/api/terminals/:terminalId/enable'],
  revokeTerminalKey: ['POST', '/api/terminals/:terminalId/key/revocation'],
  forgivePins: ['POST', '/api/terminals/:terminalId/pins/forgiving'],
  facilitySettings: ['GET', '/api/facility/settings'],
  setFacilitySettings: ['PUT', '/api/facility/settings', 'keyed'],
  readyTexts: ['GET', '/api/ready-texts'],
  addReadyText: ['POST', '/api/ready-texts', 'keyed'],
  changeReadyText: ['PUT', '/api/ready-texts/:readyTextId', 'keyed'],
  retireReadyText: ['POST', '/api/ready-texts/:readyTextId/retirement', 'keyed'],
  answerRoomHelp: ['POST', '/api/desk/visits/:visitId/help-answers', 'keyed'],
  watching: ['GET', '/api/oversight/watching'],
  officers: ['GET', '/api/officers'],
  setShiftLeader: ['PUT', '/api/officers/:officerId/shift-leader', 'keyed'],
  shift: ['GET', '/api/oversight/shift'],
  shiftReports: ['GET', '/api/oversight/shift-reports'],
  writeShiftReport: ['POST', '/api/oversight/shift-reports', 'keyed'],
  shiftReport: ['GET', '/api/oversight/shift-reports/:reportId'],
  shiftReportPdf: ['GET', '/api/oversight/shift-reports/:reportId/report.pdf'],
  flagReviews: ['GET', '/api/flags'],
  reviewFlag: ['POST', '/api/flags/:flagId/review', 'keyed'],
  auditLogs: ['GET', '/api/audit/logs'],
  auditEntries: ['GET', '/api/audit/entries'],
  auditEntry: ['GET', '/api/audit/entries/:log/:seq'],
  auditProof: ['GET', '/api/audit/entries/:log/:seq/proof'],
  exportAuditLog: ['GET', '/api/audit/logs/:log/export.zip'],
  searchRecordings: ['POST', '/api/recordings/search'],
  openPlay: ['POST', '/api/recordings/:visitId/plays'],
  playAct: ['POST', '/api/plays/:playId/acts'],
  playTrack: ['GET', '/api/plays/:playId/tracks/:trackId'],
  playThumbnail: ['GET', '/api/plays/:playId/tracks/:trackId/thumbnails/:index'],
  playWaveforms: ['GET', '/api/plays/:playId/waveforms'],
  playTimeline: ['GET', '/api/plays/:playId/timeline'],
  writeReviewNote: ['POST', '/api/plays/:playId/notes', 'keyed'],
  derivatives: ['GET', '/api/plays/:playId/derivatives'],
  askDerivative: ['POST', '/api/plays/:playId/derivatives', 'keyed'],
  readDerivative: ['GET', '/api/plays/:playId/derivatives/:derivativeId/file'],
  recordingManifests: ['GET', '/api/recordings/:visitId/manifests'],
  checkRecording: ['POST', '/api/recordings/:recordingId/check', 'keyed'],
  recordingChecks: ['GET', '/api/recordings/:recordingId/checks'],
  recordingManifest: ['GET', '/api/recordings/:visitId/manifests/:recordingId.json'],
  askExport: ['POST', '/api/recordings/:visitId/exports', 'keyed'],
  exports: ['GET', '/api/exports'],
  decideExport: ['POST', '/api/exports/:exportId/decision', 'keyed'],
  downloadExport: ['GET', '/api/exports/:exportId/archive.zip'],
  takeBackExport: ['DELETE', '/api/exports/:exportId', 'keyed'],
  retentionRules: ['GET', '/api/retention/rules'],
  setRetentionRules: ['PUT', '/api/retention/rules', 'keyed'],
  keptVisits: ['GET', '/api/retention'],
  tombstones: ['GET', '/api/retention/destroyed'],
  tombstone: ['GET', '/api/retention/destroyed/:destructionId'],
  objection: ['GET', '/api/objections/:objectionId'],
  placeHold: ['POST', '/api/recordings/:visitId/holds', 'keyed'],
  reviewHold: ['POST', '/api/holds/:holdId/review', 'keyed'],
  askRelease: ['POST', '/api/holds/:holdId/release', 'keyed'],
  decideRelease: ['POST', '/api/holds/:holdId/release/decision', 'keyed'],
  askDestruction: ['POST', '/api/recordings/:visitId/destruction', 'keyed'],
  decideDestruction: ['POST', '/api/destructions/:destructionId/decision', 'keyed'],
  recordedOfMe: ['GET', '/api/me/recordings'],
  objectToRecording: ['POST', '/api/me/recordings/:visitId/objection', 'keyed'],
  register: ['POST', '/api/registrations'],
  confirmRegistration: ['POST', '/api/registrations/confirmation'],
  facilities: ['GET', '/api/facilities'],
  profile: ['GET', '/api/my/profile'],
  changeProfile: ['PUT', '/api/my/profile', 'keyed'],
  uploadDocument: ['PUT', '/api/my/documents/:kind'],
  submitDocuments: ['POST', '/api/my/documents/submission', 'keyed'],
  registerProfessional: ['PUT', '/api/my/professional', 'keyed'],
  myRelationships: ['GET', '/api/my/relationships'],
  requestRelationship: ['POST', '/api/my/relationships', 'keyed'],
  withdrawRelationship: ['POST', '/api/my/relationships/:requestId/withdrawal', 'keyed'],
  endRelationship: ['POST', '/api/my/relationships/:relationshipId/ending', 'keyed'],
  correctIdentity: ['PUT', '/api/my/identity', 'keyed'],
  myChildren: ['GET', '/api/my/children'],
  registerChild: ['POST', '/api/my/children', 'keyed'],
  uploadChildDocument: ['PUT', '/api/my/children/:childId/documents/:kind'],
  submitChildDocuments: ['POST', '/api/my/children/:childId/documents/submission', 'keyed'],
  setConsent: ['PUT', '/api/my/children/:childId/consent', 'keyed'],
  searchVisitors: ['POST', '/api/visitors/search'],
  visitor: ['GET', '/api/visitors/:visitorId'],
  documentPicture: ['GET', '/api/visitors/:visitorId/documents/:documentId'],
  decideVisitor: ['POST', '/api/visitors/:visitorId/verification', 'keyed'],
  correction: ['GET', '/api/visitors/:visitorId/correction'],
  decideCorrection: ['POST', '/api/visitors/:visitorId/correction/decision', 'keyed'],
  revokeVerification: ['POST', '/api/visitors/:visitorId/verification/revocation', 'keyed'],
  decideProfessional: ['POST', '/api/visitors/:visitorId/professional/verification', 'keyed'],
  relationshipRequest: ['GET', '/api/relationship-requests/:requestId'],
  decideRelationshipRequest: ['POST', '/api/relationship-requests/:requestId/decision', 'keyed'],
  moveRelationship: ['POST', '/api/relationships/:relationshipId/moves', 'keyed'],
  searchInmates: ['POST', '/api/inmates/search'],
  inmate: ['GET', '/api/inmates/:inmateId'],
  addRestriction: ['POST', '/api/restrictions', 'keyed'],
  liftRestriction: ['POST', '/api/restrictions/:restrictionId/lifting', 'keyed'],
  askOverride: ['POST', '/api/restrictions/:restrictionId/overrides', 'keyed'],
  grantOverride: ['POST', '/api/overrides/:overrideId/grant', 'keyed'],
  refuseOverride: ['POST', '/api/overrides/:overrideId/refusal', 'keyed'],
  addNonAssociation: ['POST', '/api/non-associations', 'keyed'],
  liftNonAssociation: ['POST', '/api/non-associations/:nonAssociationId/lifting', 'keyed'],
  timetable: ['GET', '/api/timetable'],
  previewTemplate: ['POST', '/api/session-templates/preview'],
  addTemplate: ['POST', '/api/session-templates', 'keyed'],
  changeTemplate: ['PUT', '/api/session-templates/:templateId', 'keyed'],
  previewBlackout: ['POST', '/api/blackouts/preview'],
  addBlackout: ['POST', '/api/blackouts', 'keyed'],
  liftBlackout: ['POST', '/api/blackouts/:blackoutId/lifting', 'keyed'],
  bookableInmates: ['GET', '/api/my/inmates'],
  places: ['GET', '/api/places'],
  explainEligibility: ['POST', '/api/eligibility'],
  holdVisit: ['POST', '/api/bookings', 'keyed'],
  bookings: ['GET', '/api/bookings'],
  booking: ['GET', '/api/bookings/:visitId'],
  extendHold: ['POST', '/api/bookings/:visitId/extension', 'keyed'],
  confirmBooking: ['POST', '/api/bookings/:visitId/confirmation', 'keyed'],
  releaseHold: ['POST', '/api/bookings/:visitId/release', 'keyed'],
  cancelBooking: ['POST', '/api/bookings/:visitId/cancellation', 'keyed'],
  decideBooking: ['POST', '/api/bookings/:visitId/decision', 'keyed'],
  rebook: ['POST', '/api/bookings/:visitId/rebooking', 'keyed'],
  alternatives: ['GET', '/api/bookings/:visitId/alternatives'],
  bookSeries: ['POST', '/api/series', 'keyed'],
  cancelSeries: ['POST', '/api/series/:seriesId/cancellation', 'keyed'],
  waitingList: ['GET', '/api/waiting-list'],
  joinWaitingList: ['POST', '/api/waiting-list', 'keyed'],
  leaveWaitingList: ['POST', '/api/waiting-list/:waitingId/leaving', 'keyed'],
  quotaLedger: ['GET', '/api/inmates/:inmateId/ledger'],
  myRings: ['GET', '/api/my/rings'],
  answerRing: ['POST', '/api/my/rings/:visitId/answer', 'keyed'],
  tasks: ['GET', '/api/tasks'],
  settleTask: ['POST', '/api/tasks/:taskId/settlement', 'keyed'],
  taskAlternatives: ['GET', '/api/tasks/:taskId/alternatives'],
  inmateEvent: ['POST', '/api/inmates/:inmateId/events', 'keyed'],
  terminalOutage: ['POST', '/api/terminals/:terminalId/outage', 'keyed'],
  terminalRepaired: ['POST', '/api/terminals/:terminalId/repair', 'keyed'],
  suspensions: ['GET', '/api/suspensions'],
  suspend: ['POST', '/api/suspensions', 'keyed'],
  liftSuspension: ['POST', '/api/suspensions/:suspensionId/lifting', 'keyed'],
  linkCentres: ['GET', '/api/link-centres'],
  setOpeningHours: ['PUT', '/api/desk/opening-hours', 'keyed'],
  deskDay: ['GET', '/api/desk/visits'],
  seatPicture: ['GET', '/api/visits/:visitId/seats/:seatId/picture'],
  interpreters: ['GET', '/api/visits/:visitId/interpreters'],
  addInterpreter: ['POST', '/api/visits/:visitId/interpreters', 'keyed'],
  removeInterpreter: ['POST', '/api/visits/:visitId/interpreters/:seatId/removal', 'keyed'],
  checkIn: ['POST', '/api/desk/visits/:visitId/check-ins', 'keyed'],
  issueRoomCode: ['POST', '/api/desk/visits/:visitId/room-codes'],
  roomSignIn: ['POST', '/api/room/sign-in'],
  visitReceipt: ['GET', '/api/visits/:visitId/receipt'],
  certificateJson: ['GET', '/api/visits/:visitId/certificate.json'],
  certificatePdf: ['GET', '/api/visits/:visitId/certificate.pdf'],
  canaries: ['GET', '/api/oversight/canaries'],
  preflights: ['GET', '/api/preflights'],
  visitPreflights: ['GET', '/api/visits/:visitId/preflights'],
  myLanguages: ['GET', '/api/my/languages'],
  setMyLanguages: ['PUT', '/api/my/languages', 'keyed'],
  notices: ['GET', '/api/notices'],
  movements: ['GET', '/api/movements'],
  mailFolder: ['GET', '/api/development/mail'],
} as const satisfies PathTable

/** A route that these pages call. */
export type RouteName = keyof typeof PATHS

/** The addresses of a visit's certificate: the signed file, and the paper in that language. */
export function certificateUrls(
  visitId: string,
  language: string,
): { file: string; paper: string } {
  const paper = fillPath(PATHS.certificatePdf[1], { visitId })
  return {
    file: fillPath(PATHS.certificateJson[1], { visitId }),
    paper: `${paper}?language=${language === 'ru' ? 'ru' : 'en'}`,
  }
}

/** The addresses of a shift's report: the figures as a file, and the paper in that language. */
export function shiftReportUrls(
  reportId: string,
  language: string,
): { file: string; paper: string } {
  const paper = fillPath(PATHS.shiftReportPdf[1], { reportId })
  return {
    file: fillPath(PATHS.shiftReport[1], { reportId }),
    paper: `${paper}?language=${language === 'ru' ? 'ru' : 'en'}`,
  }
}

/** The address of one track of an open playback, for a media element. */
export function trackUrl(playId: string, trackId: string): string {
  return fillPath(PATHS.playTrack[1], { playId, trackId })
}

/** The address of a copy that was made of an open playback's visit, for a media element. */
export function copyUrl(playId: string, derivativeId: string): string {
  return fillPath(PATHS.readDerivative[1], { playId, derivativeId })
}

/** The address of one small picture of a track, for an image element. */
export function thumbnailUrl(playId: string, trackId: string, index: number): string {
  return fillPath(PATHS.playThumbnail[1], { playId, trackId, index: String(index) })
}

/** The address of a recording's signed manifest, as a file. */
export function manifestUrl(visitId: string, recordingId: string): string {
  return fillPath(PATHS.recordingManifest[1], { visitId, recordingId })
}

/** The address of an export's archive, as a file. */
export function archiveUrl(exportId: string): string {
  return fillPath(PATHS.downloadExport[1], { exportId })
}

/** The address of a copy of own data, as a file. */
export function dataArchiveUrl(exportId: string): string {
  return fillPath(PATHS.downloadDataExport[1], { exportId })
}

/** The addresses of an incident's papers: the report for the authority, and the letters to print. */
export function incidentUrls(incidentId: string): { report: string; letters: string } {
  return {
    report: fillPath(PATHS.incidentReport[1], { incidentId }),
    letters: fillPath(PATHS.printIncidentLetters[1], { incidentId }),
  }
}

/** The address of the picture on file of somebody in a visit, for an image element. */
export function seatPictureUrl(visitId: string, seatId: string): string {
  return fillPath(PATHS.seatPicture[1], { visitId, seatId })
}

/** The address of a document's picture, for an image element. */
export function pictureUrl(visitorId: string, documentId: string): string {
  return fillPath(PATHS.documentPicture[1], { visitorId, documentId })
}

/** The address of what is left of something destroyed, as a file. */
export function tombstoneUrl(destructionId: string): string {
  return fillPath(PATHS.tombstone[1], { destructionId })
}

/** The address of an audit log as an archive. */
export function auditExportUrl(log: string): string {
  return fillPath(PATHS.exportAuditLog[1], { log })
}

/** The address of the proof of one audit entry, as a file. */
export function auditProofUrl(log: string, seq: number): string {
  return fillPath(PATHS.auditProof[1], { log, seq: String(seq) })
}
