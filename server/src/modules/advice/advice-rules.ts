import type { AdviceJudgement, AdviceKind, Detectors, FaceReport } from '@visavis/contract/advice'
import type { MonitorMode } from '@visavis/contract/media-policy'
import type { SeatReport } from '@visavis/contract/visit-socket'

/** Advice that stands: what a detector found at one seat, and what an officer said of it. */
export type AdviceRecord = {
  readonly adviceId: string
  readonly seatId: string
  readonly kind: AdviceKind
  /** 0 to 1, as it was when the advice began. */
  readonly confidence: number
  readonly since: Date
  readonly judgement: AdviceJudgement | null
}

/** Something found, without a word on whether it is news. */
export type Finding = Pick<AdviceRecord, 'kind' | 'confidence'>

/** What a facility lets its officers be told. */
export type Advised = { readonly detectors: Detectors; readonly monitor: MonitorMode }

/** Darkness and silence are measured, not guessed: below a threshold, or exactly nothing. */
const MEASURED = 1

const KIND_OF: Readonly<Record<FaceReport['finding'], AdviceKind>> = {
  NONE: 'NO_FACE',
  MORE: 'MORE_FACES',
  EDGE: 'FACE_AT_EDGE',
}

/**
 * What staff may be told of a seat's report (LV-11): by the facility's choice, and of what may be seen and
 * heard of the visit anyway (OV-1, OV-2). Who is away has nothing to be found. Pure.
 */
export function findingsOf(report: SeatReport, { detectors, monitor }: Advised): Finding[] {
  if (monitor === 'NONE' || report.isAway) return []
  const isSilent = monitor === 'AV' && report.microphone === 'SILENT'
  return [
    ...(detectors.face ? faceFindingOf(report) : []),
    ...(detectors.dark && report.camera === 'DARK' ? measured('DARK') : []),
    ...(detectors.silent && isSilent ? measured('SILENT') : []),
  ]
}

function faceFindingOf({ camera, face }: SeatReport): Finding[] {
  if (camera !== 'ON' || face === null) return []
  return [{ kind: KIND_OF[face.finding], confidence: face.confidence }]
}

const measured = (kind: AdviceKind): Finding[] => [{ kind, confidence: MEASURED }]

/** What a seat's newest findings make of the advice that stands. */
export type AdviceChange = {
  readonly begun: readonly AdviceRecord[]
  readonly ended: readonly AdviceRecord[]
  /** All that stands from now on, of every seat. */
  readonly standing: readonly AdviceRecord[]
}

type Found = {
  readonly seatId: string
  readonly findings: readonly Finding[]
  readonly at: Date
  readonly newId: () => string
}

/** What is found still goes on as it was, judgement and all; what is not ends. Pure, but for the ids it takes. */
export function adviceAfter(
  standing: readonly AdviceRecord[],
  { seatId, findings, at, newId }: Found,
): AdviceChange {
  const stays = ({ seatId: other, kind }: AdviceRecord): boolean =>
    other !== seatId || findings.some((finding) => finding.kind === kind)
  const kept = standing.filter(stays)
  const isNew = ({ kind }: Finding): boolean =>
    !kept.some((advice) => advice.seatId === seatId && advice.kind === kind)
  const begun = findings
    .filter(isNew)
    .map((finding) => ({ ...finding, adviceId: newId(), seatId, since: at, judgement: null }))
  return {
    begun,
    ended: standing.filter((advice) => !stays(advice)),
    standing: [...kept, ...begun],
  }
}
