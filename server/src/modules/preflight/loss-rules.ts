import type { LoopTrackFigures } from '@visavis/contract/loop-control'
import type { PreflightFindings } from '@visavis/contract/preflight-rules'

/** Fewer packets say nothing about a line. */
const ENOUGH_PACKETS = 100

/**
 * Puts what the SFU itself counted in the place of what a browser was told of it, where it counted enough:
 * of the worst track, because it counts the losses of a voice every few seconds only.
 */
export function withCountedLoss(
  findings: PreflightFindings,
  tracks: readonly LoopTrackFigures[],
): PreflightFindings {
  const { loop } = findings
  const counted = tracks
    .map(({ lost, packets }) => ({ lost, sent: packets + lost }))
    .filter(({ sent }) => sent >= ENOUGH_PACKETS)
  if (loop === null || counted.length === 0) return findings
  return { ...findings, loop: { ...loop, lossUp: Math.max(...counted.map(shareLost)) } }
}

function shareLost({ lost, sent }: { readonly lost: number; readonly sent: number }): number {
  return lost / sent
}
