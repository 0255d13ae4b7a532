import type { RecordedVisit } from '@visavis/contract/http'

/** Where a recording stands, as far as the review of its visit depends on it. */
export type KeptRecording = {
  readonly state: 'OPEN' | 'RECORDED' | 'FINISHED' | 'FAILED'
  readonly startedAt: Date
  readonly destroyedAt: Date | null
  readonly tracks: readonly unknown[]
}

/** What a visit's recordings came to; `gaps` counts the stretches that are missing (RC-3). */
export function keptStateOf(
  recordings: readonly KeptRecording[],
  gaps: number,
): RecordedVisit['state'] {
  if (isDestroyed(recordings)) return 'DESTROYED'
  if (recordings.some(({ state }) => state === 'OPEN')) return 'OPEN'
  if (recordings.some(({ state }) => state === 'RECORDED')) return 'BEING_MADE'
  if (!recordings.some(hasMedia)) return 'FAILED'
  return gaps > 0 || recordings.some(({ state }) => state === 'FAILED') ? 'WITH_GAPS' : 'WHOLE'
}

/** Whether they can be played: something is there, and nothing still to come would move the line's beginning. */
export function isPlayable(recordings: readonly KeptRecording[]): boolean {
  const media = recordings.filter(hasMedia)
  if (media.length === 0 || recordings.some(({ state }) => state === 'OPEN')) return false
  const firstMs = Math.min(...media.map(({ startedAt }) => startedAt.getTime()))
  return !recordings.some(
    ({ state, startedAt }) => state === 'RECORDED' && startedAt.getTime() < firstMs,
  )
}

/** Whether there was something, and nothing of it is left. */
export function isDestroyed(recordings: readonly KeptRecording[]): boolean {
  const isOver = ({ state }: KeptRecording): boolean => state === 'FINISHED' || state === 'FAILED'
  const isLeft = (recording: KeptRecording): boolean =>
    recording.destroyedAt === null && (!isOver(recording) || recording.tracks.length > 0)
  return recordings.some(({ destroyedAt }) => destroyedAt !== null) && !recordings.some(isLeft)
}

/** Whether something of it can be seen or heard. */
export function hasMedia({ state, destroyedAt, tracks }: KeptRecording): boolean {
  return state === 'FINISHED' && destroyedAt === null && tracks.length > 0
}
