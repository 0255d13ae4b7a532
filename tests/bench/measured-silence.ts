import type { Page } from 'playwright-core'

/**
 * How silence is measured: the party's page asks its connections when the last packet of sound came, and looks
 * whether the other's track is there at all; the officer's page notes the click. Both pages run on one machine,
 * so that their clocks, counted from Unix time, are one. What the jitter buffer still plays is the receiver's.
 */

/** The voice of a visit that is recorded is sent without gaps, a packet each 20 ms. */
const PACKET_MS = 20
/** So long nothing comes: some packets late are no silence. */
const SILENT_FOR_MS = 200
const LOOK_EVERY_MS = 10

type Kept = {
  kept?: RTCPeerConnection[]
  sound?: {
    lastMs: number
    goneMs: number | null
    /** When it was last looked: a page that had no time to look has seen no silence. */
    lookedMs: number
    timer: ReturnType<typeof setInterval>
  }
  clickedMs?: number
}

/** From now on the page keeps in mind when sound last came, and when the other's track was taken away. */
export async function watchSound(page: Page, selector: string): Promise<void> {
  await page.evaluate(watch, { selector, everyMs: LOOK_EVERY_MS })
}

/** Waits until sound comes. */
export async function untilHeard(page: Page): Promise<void> {
  const isHeard = (forMs: number) => {
    const { sound } = globalThis as unknown as Kept
    return sound !== undefined && sound.goneMs === null && sound.lookedMs - sound.lastMs < forMs
  }
  await page.waitForFunction(isHeard, SILENT_FOR_MS / 2, { polling: LOOK_EVERY_MS })
}

/** Waits until no sound comes any more, and gives when that began; Unix ms. */
export async function untilSilent(page: Page): Promise<number> {
  const silentSince = (given: { forMs: number; packetMs: number }) => {
    const { sound } = globalThis as unknown as Kept
    if (sound === undefined || sound.lookedMs - sound.lastMs < given.forMs) return null
    return Math.min(sound.lastMs + given.packetMs, sound.goneMs ?? Infinity)
  }
  const given = { forMs: SILENT_FOR_MS, packetMs: PACKET_MS }
  const found = await page.waitForFunction(silentSince, given, { polling: LOOK_EVERY_MS })
  return (await found.jsonValue()) ?? Number.NaN
}

/** Notes the next click of the officer. */
export async function noteClick(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = globalThis as unknown as Kept
    const note = ({ timeStamp }: Event) => {
      kept.clickedMs = performance.timeOrigin + timeStamp
    }
    addEventListener('click', note, { capture: true, once: true })
  })
}

/** When the officer clicked; Unix ms. */
export async function clickMs(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Kept).clickedMs ?? Number.NaN)
}

/** Runs in the page; carries all it needs. */
function watch({ selector, everyMs }: { selector: string; everyMs: number }): void {
  const keeper = globalThis as unknown as Kept
  clearInterval(keeper.sound?.timer)
  const hasTrack = () => {
    const stream = document.querySelector<HTMLVideoElement>(selector)?.srcObject
    return stream instanceof MediaStream && stream.getAudioTracks().length > 0
  }
  const lastOf = async (receiver: RTCRtpReceiver): Promise<number> => {
    const stats = (await receiver.getStats()) as unknown as Map<string, Record<string, unknown>>
    // The line as a whole tells of its last packet, too, and the picture goes on.
    const sounds = [...stats.values()].filter((stat) => stat['type'] === 'inbound-rtp')
    return Math.max(0, ...sounds.map((stat) => Number(stat['lastPacketReceivedTimestamp'] ?? 0)))
  }
  const look = async (): Promise<void> => {
    const { sound, kept = [] } = keeper
    if (!sound) return
    const nowMs = performance.timeOrigin + performance.now()
    sound.goneMs = hasTrack() ? null : (sound.goneMs ?? nowMs)
    const heard = kept
      .flatMap((connection) => connection.getReceivers())
      .filter(({ track }) => track.kind === 'audio')
    sound.lastMs = Math.max(sound.lastMs, ...(await Promise.all(heard.map(lastOf))))
    sound.lookedMs = nowMs
  }
  const timer = setInterval(() => void look(), everyMs)
  keeper.sound = { lastMs: 0, goneMs: null, lookedMs: 0, timer }
}
