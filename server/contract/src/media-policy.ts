export const VISIT_CLASSES = ['social', 'official', 'privileged'] as const
export type VisitClass = (typeof VISIT_CLASSES)[number]

export const MONITOR_MODES = ['AV', 'SIGHT_ONLY', 'NONE'] as const
export type MonitorMode = (typeof MONITOR_MODES)[number]

/** What may be seen and kept of a visit; fixed before its media starts (OV-1). */
export type MediaPolicy = { readonly monitor: MonitorMode; readonly isRecorded: boolean }

/** What a facility wishes per class, within the law (facility policy, never a constant in code). */
export type FacilityMediaPolicy = Readonly<Record<VisitClass, MediaPolicy>>

/**
 * The policy a visit of this class really gets (OV-1). A privileged visit is never heard and never
 * recorded whatever a facility wishes; what nobody may hear is not recorded either.
 */
export function mediaPolicyOf(visitClass: VisitClass, wished: FacilityMediaPolicy): MediaPolicy {
  const { monitor, isRecorded } = wished[visitClass]
  if (visitClass === 'privileged') {
    return { monitor: monitor === 'SIGHT_ONLY' ? 'SIGHT_ONLY' : 'NONE', isRecorded: false }
  }
  return { monitor, isRecorded: isRecorded && monitor === 'AV' }
}
