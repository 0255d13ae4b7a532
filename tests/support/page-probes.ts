import type { Page } from 'playwright-core'
import type { KnownPerson } from './known-media.ts'
import { until } from './until.ts'

/** What a `<video>` element really shows and sounds like, measured from decoded media. */
export type Perceived = {
  /** Mean red, green and blue of the picture's lower half, 0–255; null before the first frame. */
  readonly colour: { red: number; green: number; blue: number } | null
  /** Where the bright bar is, 0–1 of the width. */
  readonly barAt: number | null
  readonly width: number
  readonly height: number
  /** The loudest frequency of the element's sound; null when silent or without a track. */
  readonly toneHz: number | null
}

/** Measures the first element that matches `selector` over half a second of sound. */
export async function perceive(page: Page, selector: string): Promise<Perceived> {
  return page.locator(selector).first().evaluate(perceiveElement)
}

/** A tone is found in steps of 6 Hz, and a codec shifts nothing; beyond this it is another tone. */
const TONE_TOLERANCE_HZ = 20
/** How much the person's colour stands out over both others, 0–255; compression takes little of it. */
const COLOUR_MARGIN = 25

/** Whether what is perceived has this person's colour. */
export function showsPerson({ colour }: Perceived, { dominant }: KnownPerson): boolean {
  if (!colour) return false
  const channels = ['red', 'green', 'blue'] as const
  return channels.every(
    (channel) => channel === dominant || colour[dominant] - colour[channel] >= COLOUR_MARGIN,
  )
}

/** Whether what is perceived has this person's tone. */
export function soundsLike({ toneHz }: Perceived, person: KnownPerson): boolean {
  return toneHz !== null && Math.abs(toneHz - person.toneHz) <= TONE_TOLERANCE_HZ
}

/** Waits until the element shows the person, and the bar of the picture moves. */
export async function waitToSee(page: Page, selector: string, person: KnownPerson): Promise<void> {
  const seen: Perceived[] = []
  await untilPerceived(`${selector} to show the ${person.key}, moving`, seen, async () => {
    const look = await perceive(page, selector)
    const isElsewhere = seen.some(({ barAt }) => barAt !== look.barAt)
    seen.push(look)
    return showsPerson(look, person) && isElsewhere
  })
}

/** Waits until the element sounds like the person. */
export async function waitToHear(page: Page, selector: string, person: KnownPerson): Promise<void> {
  const heard: Perceived[] = []
  await untilPerceived(`${selector} to sound like the ${person.key}`, heard, async () => {
    const look = await perceive(page, selector)
    heard.push(look)
    return soundsLike(look, person)
  })
}

async function untilPerceived(
  what: string,
  looks: readonly Perceived[],
  look: () => Promise<boolean>,
): Promise<void> {
  await until(async () => ((await look()) ? true : null), what).catch((cause: unknown) => {
    throw new Error(`last perceived: ${JSON.stringify(looks.at(-1))}`, { cause })
  })
}

/** Runs in the page; carries all it needs. */
async function perceiveElement(element: Element): Promise<Perceived> {
  const video = element as HTMLVideoElement
  const canvas = document.createElement('canvas')
  canvas.width = 64
  canvas.height = 36
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const look = () => {
    if (!context || !video.videoWidth) return { colour: null, barAt: null }
    context.drawImage(video, 0, 0, 64, 36)
    const { data } = context.getImageData(0, 0, 64, 36)
    const byte = (index: number): number => data[index] ?? 0
    const sums = [0, 0, 0]
    let brightest = { x: 0, value: -1 }
    for (let x = 0; x < 64; x += 1) {
      const at = (18 * 64 + x) * 4
      const value = byte(at) + byte(at + 1) + byte(at + 2)
      if (value > brightest.value) brightest = { x, value }
      for (let channel = 0; channel < 3; channel += 1) {
        sums[channel] = (sums[channel] ?? 0) + byte(at + channel) / 64
      }
    }
    const [red = 0, green = 0, blue = 0] = sums
    return { colour: { red, green, blue }, barAt: brightest.x / 64 }
  }
  // A file that plays has no stream of its own; capturing it does not silence it.
  const streamOf = (): MediaStream | null =>
    (video.srcObject as MediaStream | null) ??
    (video as unknown as { captureStream: () => MediaStream }).captureStream()
  const listen = async (): Promise<number | null> => {
    const stream = streamOf()
    if (!stream || stream.getAudioTracks().length === 0) return null
    const audio = new AudioContext()
    await audio.resume()
    const analyser = audio.createAnalyser()
    analyser.fftSize = 8192
    audio.createMediaStreamSource(new MediaStream(stream.getAudioTracks())).connect(analyser)
    const bins = new Float32Array(analyser.frequencyBinCount)
    let best = { index: 0, level: -Infinity }
    const until = performance.now() + 500
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      analyser.getFloatFrequencyData(bins)
      bins.forEach((level, index) => {
        if (level > best.level) best = { index, level }
      })
    }
    const toneHz = (best.index * audio.sampleRate) / analyser.fftSize
    await audio.close()
    return best.level < -70 ? null : toneHz
  }
  return { ...look(), toneHz: await listen(), width: video.videoWidth, height: video.videoHeight }
}
