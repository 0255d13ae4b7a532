import type { TapTrack } from '@visavis/contract/media-control'
import { parseRtp } from '@visavis/platform/rtp/rtp-packet'
import { createTrackRepair } from './track-repair.ts'
import type { TrackRepair } from './track-repair.ts'

/** Asks a recording's sender for what got lost on the way here. */
export type Repair = {
  /** From now on this track's losses are asked for. */
  readonly describe: (track: TapTrack) => void
  /** A datagram of RTP came; whether anything of its track is to be asked for. */
  readonly heard: (bytes: Buffer) => boolean
  /** Sends what is due at `nowMs`, a monotonic clock; whether there will be more to ask for. */
  readonly ask: (nowMs: number) => boolean
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
      if (!packet) return false
      const track = bySsrc.get(packet.ssrc)
      track?.heard(packet, bytes)
      return track?.isLacking() ?? false
    },
    ask(nowMs) {
      let isLacking = false
      for (const track of tracks) {
        track.due(nowMs).forEach(send)
        isLacking ||= track.isLacking()
      }
      return isLacking
    },
  }
}
