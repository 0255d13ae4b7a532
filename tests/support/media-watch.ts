import type { Page } from 'playwright-core'
import type { KnownPerson } from './known-media.ts'

/** What a page showed and sounded like since the look before; a tenth of a second, if it is not busy. */
export type Look = {
  /** Unix ms. */
  readonly atMs: number
  /** Pictures of the other side that were decoded and drawn. */
  readonly newFrames: number
  /** How much of the other side's tone was heard. */
  readonly heardMs: number
  /** Width of the picture that came, in pixels; 0: none. */
  readonly width: number
  /** The page says that the connection was lost. */
  readonly isWarning: boolean
}

type Keeper = { looks?: Look[] }
/** Chromium gives pages, too, what the types know of workers only. */
type Chromium = {
  readonly MediaStreamTrackProcessor: new (of: { track: MediaStreamTrack }) => {
    readonly readable: ReadableStream<AudioData>
  }
}
type Watch = { readonly selector: string; readonly toneHz: number }

/** Watches what the page gets of that person from now on, also after it was loaded anew. */
export async function watchMedia(
  page: Page,
  { selector, person: { toneHz } }: { selector: string; person: KnownPerson },
): Promise<void> {
  const watch: Watch = { selector, toneHz }
  await page.addInitScript(lookOn, watch)
  await page.evaluate(lookOn, watch)
}

/** The looks from that Unix ms on; none while the page is being loaded. */
export async function looksSince(page: Page, sinceMs: number): Promise<Look[]> {
  const read = (from: number) =>
    ((globalThis as unknown as Keeper).looks ?? []).filter(({ atMs }) => atMs >= from)
  return page.evaluate(read, sinceMs).catch(() => [])
}

/** Runs in the page; carries all it needs. */
function lookOn({ selector, toneHz }: Watch): void {
  const LOOK_EVERY_MS = 100
  const A_WHISPER = 0.0003
  const looks: Look[] = ((globalThis as unknown as Keeper).looks = [])
  let heardMs = 0
  let heardTrack: MediaStreamTrack | null = null
  let framesBefore = 0

  // How much of the samples' power is the tone's (Goertzel), and whether there is any.
  const hasTone = (samples: Float32Array, sampleRate: number): boolean => {
    const turn = 2 * Math.cos((2 * Math.PI * toneHz) / sampleRate)
    let [before, last, power] = [0, 0, 0]
    for (const sample of samples) {
      power += sample * sample
      const next = sample + turn * last - before
      before = last
      last = next
    }
    const ofTone = (2 * (before * before + last * last - turn * before * last)) / samples.length
    return Math.sqrt(power / samples.length) > A_WHISPER && ofTone > power / 2
  }
  const hear = async (track: MediaStreamTrack): Promise<void> => {
    const { MediaStreamTrackProcessor: Listener } = globalThis as unknown as Chromium
    const reader = new Listener({ track }).readable.getReader()
    for (;;) {
      const { done, value: sound } = await reader.read()
      if (done) return
      const samples = new Float32Array(sound.numberOfFrames)
      sound.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
      if (hasTone(samples, sound.sampleRate)) heardMs += sound.duration / 1_000
      sound.close()
    }
  }
  const look = (): void => {
    const video = document.querySelector<HTMLVideoElement>(selector)
    const stream = video?.srcObject as MediaStream | null | undefined
    const track = stream?.getAudioTracks()[0] ?? null
    if (track && track !== heardTrack) void hear(track.clone())
    heardTrack = track
    const frames = video?.getVideoPlaybackQuality().totalVideoFrames ?? 0
    const said = [...document.querySelectorAll('[role="status"]')].map((each) => each.textContent)
    looks.push({
      atMs: performance.timeOrigin + performance.now(),
      newFrames: Math.max(0, frames - framesBefore),
      heardMs,
      width: video?.videoWidth ?? 0,
      isWarning: said.some((text) => text.includes('We are bringing it back')),
    })
    framesBefore = frames
    heardMs = 0
  }
  const repeat = (): void => {
    if ((globalThis as unknown as Keeper).looks !== looks) return
    look()
    setTimeout(repeat, LOOK_EVERY_MS)
  }
  // Before the page is parsed there is nothing to look at, and nothing to look with.
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', repeat)
  else repeat()
}
