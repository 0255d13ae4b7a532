import type { RecordingResult } from '@visavis/contract/recording-result'
import type { Stretch } from './gap-spans.ts'
import { without } from './gap-spans.ts'

/** Clocks of two machines that agree this well are taken as one. */
const SAME_CLOCK_MS = 2_000

type Timed = Pick<RecordingResult, 'openedAt' | 'originAt'>

/**
 * The instant of a recording's time 0 by the server's clock. The recorder's own is believed, unless it was
 * plainly wrong when the recording was opened, which the server noted by its own clock as `startedAt`.
 */
export function originOf({ openedAt, originAt }: Timed, startedAt: Date): Date {
  const aheadMs = new Date(openedAt).getTime() - startedAt.getTime()
  const originMs = new Date(originAt).getTime()
  return new Date(Math.abs(aheadMs) > SAME_CLOCK_MS ? originMs - aheadMs : originMs)
}

/** The stretches of a journal that are damaged, on a clock whose 0 is the recording's at `originMs`. */
export function damagedSpans(
  { journal, openedAt, originAt }: Timed & Pick<RecordingResult, 'journal'>,
  originMs: number,
): Stretch[] {
  const openedMs = originMs - (new Date(originAt).getTime() - new Date(openedAt).getTime())
  return journal.damaged.map(({ fromMs, toMs }) => ({
    fromMs: openedMs + fromMs,
    toMs: openedMs + toMs,
  }))
}

/** Sealed bytes of all files of a recording. */
export function bytesOf({ journal, tracks }: RecordingResult): number {
  const files = tracks.flatMap(({ master, thumbnails }) => [
    master.bytes,
    thumbnails?.proof.bytes ?? 0,
  ])
  return files.reduce((sum, bytes) => sum + bytes, journal.bytes)
}

type Seat = { readonly seatId: string; readonly party: 'VISITOR' | 'INMATE' }

/** The tracks of the visit's own seats as rows; a track of nobody's is left out. */
export function trackRows(
  { recordingId, visitId, tracks }: RecordingResult,
  seats: readonly Seat[],
) {
  return tracks.flatMap((track) => {
    const seat = seats.find(({ seatId }) => seatId === track.seatId)
    if (!seat) return []
    const { trackId, kind, startMs, durationMs, packets, lostPackets } = track
    return {
      ...{ trackId, recordingId, visitId, seatId: seat.seatId, party: seat.party, kind },
      ...{ file: track.master.file, startMs, durationMs, packets, lostPackets },
    }
  })
}

/** What there is of each track, without its holes, on a clock whose 0 is the recording's at `originMs`. */
export function keptTracks({ tracks }: Pick<RecordingResult, 'tracks'>, originMs: number) {
  return tracks.flatMap(({ seatId, kind, startMs, durationMs, holes }) => {
    const at = (ms: number): number => originMs + ms
    const whole: Stretch = { fromMs: at(startMs), toMs: at(startMs + durationMs) }
    const missing = holes.map(({ fromMs, toMs }) => ({ fromMs: at(fromMs), toMs: at(toMs) }))
    return without([whole], missing).map((part) => ({ seatId, kind, ...part }))
  })
}
