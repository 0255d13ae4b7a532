import type { Page } from 'playwright-core'
import { PATIENCE_MS } from '../e2e/pages/page-object.ts'
import { positionMs, statePurpose } from '../e2e/pages/recordings-page.ts'
import { seeded } from '../support/seeded.ts'
import { until } from '../support/until.ts'

type Looked = { readonly origin: string; readonly visitId: string; readonly seeks: number }

/** What one seek took, from letting the slider go; in ms. */
export type MeasuredSeek = {
  /** Until the server has entered it in the audit log and said so. */
  readonly entered: number
  /** Until the last track's first bytes of that place were there; null: they were there before. */
  readonly firstByte: number | null
  /** Until a picture of about the place was there of everybody: a still that says its own time, or the frame. */
  readonly picture: number
  /** Until the very frame of the place stood in every picture. */
  readonly frame: number
}
type Told = Omit<MeasuredSeek, 'firstByte'> & { readonly startedMs: number }

/** So near the end there is nothing to look at; in ms. */
const END_MS = 5_000
/** Places are at least so far apart that nothing of the new one is on the page yet; in ms. */
const FAR_MS = 20_000

/**
 * Times from letting the player's slider go to the frame of that place on the screen, of both pictures. The
 * seek is in the audit log first, and nothing is played.
 */
export async function measureSeeks(page: Page, looked: Looked): Promise<MeasuredSeek[]> {
  const { origin, visitId, seeks } = looked
  await page.goto(`${origin}/recordings/${visitId}`)
  await statePurpose(page, { purpose: 'How quickly a place is found', caseNumber: 'BENCH-2' })
  await page.getByRole('button', { name: 'Play', exact: true }).click({ timeout: PATIENCE_MS })
  await until(async () => ((await positionMs(page)) > 1_000 ? true : null), 'it to play')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  const slider = page.getByRole('slider', { name: 'Position' })
  const lengthMs = Number(await slider.getAttribute('max'))
  const { below } = seeded(1)
  const times: MeasuredSeek[] = []
  const firstBytes = followFirstBytes(page)
  let lastMs = await positionMs(page)
  while (times.length < seeks) {
    const atMs = below(lengthMs - END_MS)
    if (Math.abs(atMs - lastMs) < FAR_MS) continue
    firstBytes.length = 0
    const { startedMs, ...seek } = await page.evaluate(seekTo, atMs)
    const bytes = firstBytes.filter((each) => each >= startedMs)
    const firstByte = bytes.length === 0 ? null : Math.max(...bytes) - startedMs
    times.push({ ...seek, firstByte })
    lastMs = atMs
  }
  return times
}

/** When the first bytes of the tracks' ranges came, as they come; in ms since 1970. */
function followFirstBytes(page: Page): number[] {
  const times: number[] = []
  page.on('response', (response) => {
    const { startTime, responseStart } = response.request().timing()
    if (response.status() === 206 && responseStart >= 0) times.push(startTime + responseStart)
  })
  return times
}

/** In the page: moves the slider as a hand does, and waits for the frame of the place in every picture. */
async function seekTo(atMs: number): Promise<Told> {
  const NEAR_S = 0.5
  const slider = document.querySelector<HTMLInputElement>('input[data-line]')
  const boxes = [...document.querySelectorAll<HTMLElement>('.vv-player__picture')]
  if (!slider || boxes.length === 0) throw new Error('there is no player')
  let isOver = false
  const frameIn = (box: HTMLElement) =>
    new Promise<number>((resolve) => {
      const video = box.querySelector('video')
      const look = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
        if (Math.abs(mediaTime - atMs / 1_000) < NEAR_S) resolve(performance.now())
        else video?.requestVideoFrameCallback(look)
      }
      video?.requestVideoFrameCallback(look)
    })
  const stillIn = (box: HTMLElement) =>
    new Promise<number>((resolve) => {
      const look = () => {
        if (box.querySelector('.vv-player__still:not([hidden])')) resolve(performance.now())
        else if (!isOver) requestAnimationFrame(look)
      }
      look()
    })
  const frames = boxes.map(frameIn)
  const firsts = boxes.map((box, at) => Promise.race([frames[at] ?? frameIn(box), stillIn(box)]))
  performance.clearResourceTimings()
  const startedMs = performance.now()
  // Past React's own setter, as the browser itself writes it.
  Reflect.set(HTMLInputElement.prototype, 'value', String(atMs), slider)
  slider.dispatchEvent(new Event('input', { bubbles: true }))
  slider.dispatchEvent(new Event('change', { bubbles: true }))
  const picture = Math.max(...(await Promise.all(firsts))) - startedMs
  const frame = Math.max(...(await Promise.all(frames))) - startedMs
  isOver = true
  const told = performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/acts'))
  if (!(told instanceof PerformanceResourceTiming)) throw new Error('the seek was not told')
  const entered = told.responseEnd - startedMs
  return { startedMs: performance.timeOrigin + startedMs, entered, picture, frame }
}
