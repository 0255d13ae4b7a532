import type { DerivativeJob } from '@visavis/contract/recorder-control'
import { FileProof, Sha256 } from '@visavis/contract/recording-result'
import { z } from 'zod'
import { hasMedia } from './kept-rules.ts'
import type { KeptRecording } from './kept-rules.ts'
import type { LineOfTime } from './line-of-time-rules.ts'

/** What is kept of a copy that was made: its proof, and what it was made of and with (RC-4). */
export const MadeProof = z.object({
  proof: FileProof,
  tool: z.string(),
  argumentsSha256: Sha256,
  roots: z.array(Sha256),
})
export type MadeProof = z.output<typeof MadeProof>

type CopyKind = DerivativeJob['kind']
type SeatOf = { readonly seatId: string; readonly party: 'VISITOR' | 'INMATE' }

/** A copy that is to be made, with what it is made from. */
export type AskedCopy = {
  readonly derivativeId: string
  readonly kind: CopyKind
  readonly fromMs: number
  readonly toMs: number
  readonly visit: {
    readonly visitId: string
    readonly facility: { readonly timeZone: string }
    readonly recordings: readonly (KeptRecording & {
      readonly recordingId: string
      readonly tracks: readonly SeatOf[]
    })[]
  }
}

/** A stretch to be copied, brought into the line; a review copy is always of the whole. Null: nothing is there. */
export function stretchWithin(
  { durationMs }: Pick<LineOfTime, 'durationMs'>,
  asked: { readonly kind: CopyKind; readonly fromMs: number; readonly toMs: number },
): { readonly fromMs: number; readonly toMs: number } | null {
  if (asked.kind === 'REVIEW_COPY') return durationMs > 0 ? { fromMs: 0, toMs: durationMs } : null
  const toMs = Math.min(asked.toMs, durationMs)
  return asked.fromMs < toMs ? { fromMs: asked.fromMs, toMs } : null
}

/** The job for the recorder; keys are sealed by id of recording or copy. */
export function jobOf(
  { derivativeId, kind, fromMs, toMs, visit }: AskedCopy,
  line: LineOfTime,
  sealedKeys: ReadonlyMap<string, string>,
): z.input<typeof DerivativeJob> {
  const recordings = visit.recordings.filter(hasMedia)
  return {
    ...{ derivativeId, kind, fromMs, toMs, visitId: visit.visitId },
    from: recordings.map(({ recordingId }) => ({
      recordingId,
      sealedKey: sealedKeys.get(recordingId) ?? '',
      offsetMs: line.offsets.get(recordingId) ?? 0,
    })),
    ...seatsFromLeft(recordings.flatMap(({ tracks }) => tracks)),
    zeroAt: line.zeroAt.toISOString(),
    timeZone: visit.facility.timeZone,
    sealedKey: sealedKeys.get(derivativeId) ?? '',
  }
}

const MOST_SEATS = 8

/** Visitors on the left, the inmate on the right. */
function seatsFromLeft(tracks: readonly SeatOf[]) {
  const seats = [...new Map(tracks.map((track) => [track.seatId, track])).values()]
  const inmates = seats.filter(({ party }) => party === 'INMATE')
  const visitors = seats.filter(({ party }) => party === 'VISITOR')
  const shown = [...visitors.slice(0, MOST_SEATS - inmates.length), ...inmates]
  return { seatIds: shown.map(({ seatId }) => seatId), parties: shown.map(({ party }) => party) }
}

/** Where a copy lies in the object store. */
export function derivedPath(visitId: string, file: string): string {
  return `${visitId}/derived/${file}`
}

/** What a browser is told of a copy, by the name that its recorder gave it. */
export function derivedType(file: string): string {
  return /\.webm(\.|$)/.test(file) ? 'video/webm' : 'video/mp4'
}
