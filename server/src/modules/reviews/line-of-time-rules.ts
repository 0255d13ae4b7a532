/** A recording of a visit as its line of time needs it. */
export type TimedRecording = {
  readonly recordingId: string
  /** The instant of its time 0; null while nothing of it is known. */
  readonly originAt: Date | null
  readonly tracks: readonly { readonly startMs: number; readonly durationMs: number }[]
}

/** A visit's recordings on one line, in milliseconds; its 0 is the first frame of the first of them. */
export type LineOfTime = {
  readonly zeroAt: Date
  /** Up to the end of the track that ends last. */
  readonly durationMs: number
  /** Where each recording's time 0 lies, by recording id. */
  readonly offsets: ReadonlyMap<string, number>
}

/** The line of a visit's recordings; null when nothing was recorded (yet). */
export function lineOfTime(recordings: readonly TimedRecording[]): LineOfTime | null {
  const placed = recordings.flatMap(({ recordingId, originAt, tracks }) =>
    originAt === null || tracks.length === 0
      ? []
      : [{ recordingId, originMs: originAt.getTime(), tracks }],
  )
  if (placed.length === 0) return null
  const zeroMs = Math.min(...placed.map(({ originMs }) => originMs))
  const ends = placed.flatMap(({ originMs, tracks }) =>
    tracks.map(({ startMs, durationMs }) => originMs - zeroMs + startMs + durationMs),
  )
  return {
    zeroAt: new Date(zeroMs),
    durationMs: Math.max(0, ...ends),
    offsets: new Map(placed.map(({ recordingId, originMs }) => [recordingId, originMs - zeroMs])),
  }
}

/** An instant in the line, in milliseconds; negative before it begins. */
export function atOf({ zeroAt }: Pick<LineOfTime, 'zeroAt'>, at: Date): number {
  return at.getTime() - zeroAt.getTime()
}

/** A moment to go to: an instant in the line, never before its beginning or after its end. */
export function momentOf(line: LineOfTime, at: Date): number {
  return Math.min(Math.max(0, atOf(line, at)), line.durationMs)
}
