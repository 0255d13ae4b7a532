import type { BrowserContext, Page } from 'playwright-core'

/** What the peer connections of a page have received since they were made. */
export type Received = {
  readonly packets: number
  readonly bytes: number
  readonly framesDecoded: number
}

type Keeper = { kept?: RTCPeerConnection[]; frames?: { atMs: number; decoded: number }[] }

/** Before any script of the page: keeps hold of each peer connection, so that it can be asked afterwards. */
export async function keepPeerConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const keeper = globalThis as unknown as Keeper
    const kept: RTCPeerConnection[] = (keeper.kept = [])
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        kept.push(this)
      }
    }
  })
}

/** Adds up every inbound RTP stream of the page. */
export async function receivedBy(page: Page): Promise<Received> {
  return page.evaluate(async () => {
    const sum = { packets: 0, bytes: 0, framesDecoded: 0 }
    for (const connection of (globalThis as unknown as Keeper).kept ?? []) {
      const report = (await connection.getStats()) as unknown as Map<
        string,
        Record<string, unknown>
      >
      for (const stat of report.values()) {
        if (stat['type'] !== 'inbound-rtp') continue
        sum.packets += Number(stat['packetsReceived'] ?? 0)
        sum.bytes += Number(stat['bytesReceived'] ?? 0)
        sum.framesDecoded += Number(stat['framesDecoded'] ?? 0)
      }
    }
    return sum
  })
}

/** Looks at the decoded frames of the page every 200 ms from now on; a new watch takes the place of the old one. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const keeper = globalThis as unknown as Keeper
    const frames: { atMs: number; decoded: number }[] = (keeper.frames = [])
    const look = async () => {
      let decoded = 0
      for (const connection of keeper.kept ?? []) {
        const report = (await connection.getStats()) as unknown as Map<
          string,
          Record<string, unknown>
        >
        for (const stat of report.values()) decoded += Number(stat['framesDecoded'] ?? 0)
      }
      frames.push({ atMs: performance.now(), decoded })
      if (keeper.frames === frames) setTimeout(() => void look(), 200)
    }
    void look()
  })
}

/** What {@link watchFrames} has seen so far. */
export type Watched = {
  readonly frames: number
  /** The longest time between two looks at which no frame had been added. */
  readonly longestGapMs: number
  readonly watchedMs: number
}

export async function framesWatched(page: Page): Promise<Watched> {
  const frames = await page.evaluate(() => (globalThis as unknown as Keeper).frames ?? [])
  return summarise(frames)
}

function summarise(frames: readonly { atMs: number; decoded: number }[]): Watched {
  const [first, last] = [frames[0], frames.at(-1)]
  if (!first || !last) return { frames: 0, longestGapMs: 0, watchedMs: 0 }
  let moved = first
  let longestGapMs = 0
  for (const look of frames) {
    longestGapMs = Math.max(longestGapMs, look.atMs - moved.atMs)
    if (look.decoded !== moved.decoded) moved = look
  }
  return {
    frames: last.decoded - first.decoded,
    longestGapMs,
    watchedMs: last.atMs - first.atMs,
  }
}

/** An IPv4 and a UDP header, which the browser does not count. */
const PACKET_OVERHEAD_BYTES = 28

/** Bytes on the wire of all connections of the page so far, both directions, headers and all. */
export async function wireBytesOf(page: Page): Promise<number> {
  return page.evaluate(async (overhead) => {
    let bytes = 0
    for (const connection of (globalThis as unknown as Keeper).kept ?? []) {
      const report = (await connection.getStats()) as unknown as Map<
        string,
        Record<string, unknown>
      >
      for (const stat of report.values()) {
        if (stat['type'] !== 'candidate-pair') continue
        const of = (name: string) => Number(stat[name] ?? 0)
        bytes += of('bytesSent') + of('bytesReceived')
        bytes += (of('packetsSent') + of('packetsReceived')) * overhead
      }
    }
    return bytes
  }, PACKET_OVERHEAD_BYTES)
}

/** Ten pictures a second: of noise that is more than any line of a test carries. */
const NOISE_FRAME_MS = 100

/** Has the page send noise in the place of its picture: of all pictures the one that takes most. */
export async function sendNoise(page: Page): Promise<void> {
  await page.evaluate(async (frameMs) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 })
    const context = canvas.getContext('2d')
    const noise = new ImageData(640, 360)
    const draw = () => {
      const pixels = new Uint32Array(noise.data.buffer)
      let seed = (performance.now() * 1_000) | 1
      for (let at = 0; at < pixels.length; at += 1) {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0
        pixels[at] = seed | 0xff00_0000
      }
      context?.putImageData(noise, 0, 0)
    }
    setInterval(draw, frameMs)
    const [track] = canvas.captureStream().getVideoTracks()
    const kept = (globalThis as unknown as Keeper).kept ?? []
    for (const connection of kept.filter(({ signalingState }) => signalingState !== 'closed')) {
      for (const sender of connection.getSenders()) {
        if (sender.track?.kind === 'video') await sender.replaceTrack(track ?? null)
      }
    }
  }, NOISE_FRAME_MS)
}
