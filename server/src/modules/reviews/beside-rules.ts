import type { PlayTimeline } from '@visavis/contract/http'
import type { z } from 'zod'
import { joined, speechOf } from './speech-rules.ts'
import type { Span } from './speech-rules.ts'

/** A sound of a visit, as its recorder measured it. */
export type MeasuredSound = {
  readonly trackId: string
  readonly seatId: string
  /** In the visit's line of time. */
  readonly startMs: number
  readonly everyMs: number
  /** Base64: a byte for each `everyMs`. */
  readonly levels: string
}

type Speech = z.input<typeof PlayTimeline>['speech']

/** Where somebody speaks, seat by seat, over all sounds that the seat had. */
export function speechBySeat(sounds: readonly MeasuredSound[]): Speech {
  const bySeat = new Map<string, Span[]>()
  for (const { seatId, startMs, everyMs, levels } of sounds) {
    const spans = speechOf({ levels: Buffer.from(levels, 'base64'), everyMs, startMs })
    bySeat.set(seatId, [...(bySeat.get(seatId) ?? []), ...spans])
  }
  return [...bySeat].map(([seatId, spans]) => ({ seatId, spans: joined(spans) }))
}
