import type { z } from 'zod'
import { sourceOwnerOf } from '@visavis/contract/media-graph'
import type { ConsumerInfo } from '@visavis/contract/rtc'
import type { StandingFlow } from './reconcile.ts'
import { rtpForWire } from './rtc-values.ts'

/** What a client needs to build its end of a flow. */
export function consumerForWire(
  { source, consumer }: StandingFlow,
  visitId: string,
): z.input<typeof ConsumerInfo> {
  return {
    consumerId: consumer.id,
    producerId: source.producerId,
    visitId,
    seatId: sourceOwnerOf(source),
    kind: source.kind,
    rtpParameters: rtpForWire(consumer.rtpParameters),
  }
}
