import type { RouteName } from '../../rest/samples/all.ts'

/** Reads of what somebody could be harmed by: none without its entry. Every other read leaves none. */
export const NOTED_READS: readonly RouteName[] = [
  ...(['auditEntries', 'auditEntry', 'auditProof', 'exportAuditLog'] as const),
  ...(['visitor', 'inmate', 'correction', 'relationshipRequest'] as const),
  ...(['documentPicture', 'seatPicture'] as const),
  ...(['playTrack', 'playThumbnail', 'playWaveforms', 'playTimeline'] as const),
  ...(['readDerivative', 'downloadExport', 'objection'] as const),
  ...(['certificateJson', 'certificatePdf'] as const),
  ...(['incident', 'printIncidentLetters', 'incidentReport', 'downloadDataExport'] as const),
]
