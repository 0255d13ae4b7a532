/**
 * LV-9: what a seat with the data saver may use, bit/s, so that both directions together stay within
 * 600 kbit/s on the wire.
 */
export type SaverBudget = {
  readonly sendVideoBps: number
  readonly sendVoiceBps: number
  /** For all pictures that it receives together. */
  readonly receiveVideoBps: number
}

/** A visit with the data saver takes no more than this, everything counted. */
export const SAVER_TOTAL_BPS = 600_000
/** Its own voice, and the pictures' frames. */
const SEND_VOICE_BPS = 24_000
const SEND_FRAMES_PER_S = 15
/** The voice of somebody who does not save. */
const FULL_VOICE_BPS = 32_000
const VOICE_PACKETS_PER_S = 50
/** IP, UDP, SRTP's tag, RTP with its extensions. */
const PACKET_BITS = 60 * 8
/** Reports, congestion feedback, keep-alive and packets sent again, both ways. */
const UPKEEP_BPS = 40_000
/** Two people see each other well enough; where there are more, one's own picture gives way first. */
const SEND_VIDEO_BPS = { pair: 180_000, group: 90_000 } as const
/** The SFU knows no lower limit. */
const LEAST_BPS = 30_000
/** A frame of so small a picture goes in two packets at most. */
const PACKETS_PER_FRAME = 2

/** Bits a second on the wire of a voice at that rate. */
export function voiceOnWireBps(voiceBps: number): number {
  return voiceBps + VOICE_PACKETS_PER_S * PACKET_BITS
}

/** Bits a second on the wire of a picture at that rate. */
export function videoOnWireBps(videoBps: number): number {
  return videoBps + SEND_FRAMES_PER_S * PACKETS_PER_FRAME * PACKET_BITS
}

/** How 600 kbit/s are shared out by a seat that hears that many others; pure. */
export function saverBudget(others: number): SaverBudget {
  const heard = Math.max(1, others)
  const sendVideoBps = heard === 1 ? SEND_VIDEO_BPS.pair : SEND_VIDEO_BPS.group
  const fixedBps =
    videoOnWireBps(sendVideoBps) +
    voiceOnWireBps(SEND_VOICE_BPS) +
    heard * voiceOnWireBps(FULL_VOICE_BPS) +
    UPKEEP_BPS
  const receiveVideoBps = Math.max(LEAST_BPS, SAVER_TOTAL_BPS - fixedBps)
  return { sendVideoBps, sendVoiceBps: SEND_VOICE_BPS, receiveVideoBps }
}
