/** A shorter stretch without a frame is a slow camera or a lost packet, not a hole. Milliseconds. */
export const HOLE_MS = 400

/** From one instant to another, in milliseconds. */
export type Stretch = { readonly fromMs: number; readonly toMs: number }

/** Where a track stood and what came of it, in milliseconds of any one clock. */
export type TrackCourse = {
  /** Its description, and the description of what took its place or the recording's end. */
  readonly stoodFromMs: number
  readonly stoodToMs: number
  /** Each stretch in which frames came without a hole; in order. */
  readonly stretches: readonly Stretch[]
}

/** Notes frames as they pass, as the stretches between holes. */
export function createStretches(): {
  readonly add: (startMs: number, endMs: number) => void
  readonly stretches: () => readonly Stretch[]
} {
  const stretches: { fromMs: number; toMs: number }[] = []
  return {
    add(startMs, endMs) {
      const last = stretches.at(-1)
      if (last && startMs - last.toMs <= HOLE_MS) last.toMs = Math.max(last.toMs, endMs)
      else stretches.push({ fromMs: startMs, toMs: endMs })
    },
    stretches: () => stretches,
  }
}

/** The stretches of more than {@link HOLE_MS} in which a track had nothing though it stood; in whole milliseconds. */
export function holesOf({ stoodFromMs, stoodToMs, stretches }: TrackCourse): Stretch[] {
  const holes: Stretch[] = []
  // Frames that came before it was told whose they are, are its own as well.
  let hadUntilMs = Math.min(stoodFromMs, stretches[0]?.fromMs ?? stoodFromMs)
  for (const { fromMs, toMs } of [...stretches, { fromMs: stoodToMs, toMs: stoodToMs }]) {
    if (fromMs - hadUntilMs > HOLE_MS) {
      holes.push({ fromMs: Math.round(hadUntilMs), toMs: Math.round(fromMs) })
    }
    hadUntilMs = Math.max(hadUntilMs, toMs)
  }
  return holes
}
