/** One simulcast layer as it is handed to the browser; bit rates in bits per second. */
export type VideoLayer = {
  readonly rid: string
  readonly scaleResolutionDownBy: number
  readonly maxBitrate: number
  readonly scalabilityMode: string
}

/** From here on a picture is worth three layers; below, two. Longer side in pixels. */
const LARGE_LONGER_SIDE = 1_280

/** Lowest first, as simulcast wants it. Three temporal layers let the SFU halve the frame rate twice. */
const SMALL_CAPTURE: readonly VideoLayer[] = [
  { rid: 'r0', scaleResolutionDownBy: 2, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
  { rid: 'r1', scaleResolutionDownBy: 1, maxBitrate: 600_000, scalabilityMode: 'L1T3' },
]
const LARGE_CAPTURE: readonly VideoLayer[] = [
  { rid: 'r0', scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
  { rid: 'r1', scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
  { rid: 'r2', scaleResolutionDownBy: 1, maxBitrate: 1_200_000, scalabilityMode: 'L1T3' },
]

/**
 * The layers for a camera's picture. There are always two at least: the wall lives on the lowest, and
 * a phone held upright counts by its longer side. An unknown size counts as small.
 */
export function videoLayersFor(capture: {
  readonly width?: number | undefined
  readonly height?: number | undefined
}): VideoLayer[] {
  const longerSide = Math.max(capture.width ?? 0, capture.height ?? 0)
  const layers = longerSide >= LARGE_LONGER_SIDE ? LARGE_CAPTURE : SMALL_CAPTURE
  // Fresh objects each time: mediasoup-client writes into what it is given.
  return layers.map((layer) => ({ ...layer }))
}
