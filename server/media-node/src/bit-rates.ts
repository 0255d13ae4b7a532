import {
  SAVER_TOTAL_BPS,
  saverBudget,
  videoOnWireBps,
  voiceOnWireBps,
} from '@visavis/contract/saver-budget'
import type { QualityWishes } from '@visavis/contract/quality'

/** Every bit rate that this node sets, in one place; bit/s. */

/** Enough for the first second of a small picture; the estimate grows from there. */
export const INITIAL_OUTGOING_BPS = 1_000_000
/** A terminal's picture in three layers with sound; more is waste or abuse. */
export const MAX_INCOMING_BPS = 2_000_000
/** What a picture that must not go is worth even to a line that seems to carry less: its smallest layer. */
export const KEPT_PICTURE_BPS = 100_000
/** What a line is taken to carry while it is tried out whatever the estimate says: the smallest layer and a voice. */
export const TRIAL_BPS = 200_000
/** The library's word for "no limit". */
const UNLIMITED = 0

/** What one transport pair may carry. */
export type RateLimits = {
  /** From the seat, all told. */
  readonly maxIncomingBps: number
  /** Pictures to the seat; 0: as much as the line carries. */
  readonly maxOutgoingBps: number
  /** What the line to the seat is taken to carry at least; 0: nothing. */
  readonly minOutgoingBps: number
}

/** The limits for a seat that wishes this, hears that many others and is in a visit like that; pure. */
export function rateLimitsOf(visit: {
  readonly wishes: QualityWishes
  readonly others: number
  /** Somebody of the visit signs. */
  readonly keepsPicture: boolean
  readonly isOnTrial: boolean
}): RateLimits {
  const keptBps = visit.keepsPicture ? KEPT_PICTURE_BPS : 0
  const minOutgoingBps = visit.isOnTrial ? TRIAL_BPS : keptBps
  if (!visit.wishes.isDataSaver) {
    return { maxIncomingBps: MAX_INCOMING_BPS, maxOutgoingBps: UNLIMITED, minOutgoingBps }
  }
  const { sendVideoBps, sendVoiceBps, receiveVideoBps } = saverBudget(visit.others)
  const sendBps = videoOnWireBps(sendVideoBps) + voiceOnWireBps(sendVoiceBps)
  return {
    maxIncomingBps: Math.min(SAVER_TOTAL_BPS, sendBps),
    maxOutgoingBps: receiveVideoBps,
    minOutgoingBps: Math.min(minOutgoingBps, receiveVideoBps),
  }
}

type Limited = {
  readonly setMaxIncomingBitrate: (bps: number) => Promise<void>
  readonly setMaxOutgoingBitrate: (bps: number) => Promise<void>
  readonly setMinOutgoingBitrate: (bps: number) => Promise<void>
}

/** Has a seat's transports keep to the limits. The library wants the least below the most at every moment. */
export async function limitRates(
  { send, receive }: { readonly send: Limited | null; readonly receive: Limited },
  { maxIncomingBps, maxOutgoingBps, minOutgoingBps }: RateLimits,
): Promise<void> {
  await send?.setMaxIncomingBitrate(maxIncomingBps)
  await receive.setMinOutgoingBitrate(UNLIMITED)
  await receive.setMaxOutgoingBitrate(maxOutgoingBps)
  if (minOutgoingBps > 0) await receive.setMinOutgoingBitrate(minOutgoingBps)
}
