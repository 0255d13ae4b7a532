import type { TapTrack } from '@visavis/contract/media-control'
import { parseRtp } from '@visavis/platform/rtp/rtp-packet'
import { createTrackRepair } from './track-repair.ts'
import type { TrackRepair } from './track-repair.ts'

/** Asks a recording's sender for what got lost on the way here. */
export type Repair = {
  /** From now on this track's losses are asked for. */
  readonly describe: (track: TapTrack) => void
  /** A datagram of RTP came. */
  readonly heard: (bytes: Buffer) => void
  /** Sends what is due at `nowMs`, a monotonic clock. */
  readonly ask: (nowMs: number) => void
}

/** `send` takes packets of RTCP on their way to where the RTP comes from. */
export function createRepair(send: (rtcp: Buffer) => void): Repair {
  const tracks = new Set<TrackRepair>()
  const bySsrc = new Map<number, TrackRepair>()
  return {
    describe(track) {
      if (bySsrc.has(track.ssrc)) return
      const repair = createTrackRepair(track)
      tracks.add(repair)
      bySsrc.set(track.ssrc, repair)
      if (track.rtxSsrc !== undefined) bySsrc.set(track.rtxSsrc, repair)
    },
    heard(bytes) {
      const packet = parseRtp(bytes)
      if (packet) bySsrc.get(packet.ssrc)?.heard(packet, bytes)
    },
    ask(nowMs) {
      for (const track of tracks) track.due(nowMs).forEach(send)
    },
  }
}
