import type { LoopTrackFigures } from '@visavis/contract/media-control'
import type { PreflightFindings } from '@visavis/contract/preflight-rules'

/** Fewer packets say nothing about a line. */
const ENOUGH_PACKETS = 100

/** Puts what the SFU itself counted in the place of what a browser was told of it, where it counted enough. */
export function withCountedLoss(
  findings: PreflightFindings,
  tracks: readonly LoopTrackFigures[],
): PreflightFindings {
  const { loop } = findings
  const lost = tracks.reduce((sum, track) => sum + track.lost, 0)
  const sent = tracks.reduce((sum, track) => sum + track.packets, lost)
  if (loop === null || sent < ENOUGH_PACKETS) return findings
  return { ...findings, loop: { ...loop, lossUp: lost / sent } }
}
