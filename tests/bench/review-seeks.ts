import type { Page } from 'playwright-core'
import { PATIENCE_MS } from '../e2e/pages/page-object.ts'
import { positionMs, statePurpose } from '../e2e/pages/recordings-page.ts'
import { seeded } from '../support/seeded.ts'
import { until } from '../support/until.ts'

type Looked = { readonly origin: string; readonly visitId: string; readonly seeks: number }

/** So near the end there is nothing to look at; in ms. */
const END_MS = 5_000
/** Places are at least so far apart that nothing of the new one is on the page yet; in ms. */
const FAR_MS = 20_000

/**
 * Times from letting the player's slider go to the frame of that place on the screen, of both pictures; in
 * ms. The seek is in the audit log first, and nothing is played.
 */
export async function measureSeeks(page: Page, looked: Looked): Promise<number[]> {
  const { origin, visitId, seeks } = looked
  await page.goto(`${origin}/recordings/${visitId}`)
  await statePurpose(page, { purpose: 'How quickly a place is found', caseNumber: 'BENCH-2' })
  await page.getByRole('button', { name: 'Play', exact: true }).click({ timeout: PATIENCE_MS })
  await until(async () => ((await positionMs(page)) > 1_000 ? true : null), 'it to play')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  const slider = page.getByRole('slider', { name: 'Position' })
  const lengthMs = Number(await slider.getAttribute('max'))
  const { below } = seeded(1)
  const times: number[] = []
  let lastMs = await positionMs(page)
  while (times.length < seeks) {
    const atMs = below(lengthMs - END_MS)
    if (Math.abs(atMs - lastMs) < FAR_MS) continue
    times.push(await page.evaluate(seekTo, atMs))
    lastMs = atMs
  }
  return times
}

/** In the page: moves the slider as a hand does, and waits for the frame of the place in every picture. */
async function seekTo(atMs: number): Promise<number> {
  const NEAR_S = 0.5
  const slider = document.querySelector<HTMLInputElement>('input[data-line]')
  const pictures = [...document.querySelectorAll<HTMLVideoElement>('.vv-player__pictures video')]
  if (!slider || pictures.length === 0) throw new Error('there is no player')
  const shown = pictures.map(
    (picture) =>
      new Promise<void>((resolve) => {
        const look = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
          if (Math.abs(mediaTime - atMs / 1_000) < NEAR_S) resolve()
          else picture.requestVideoFrameCallback(look)
        }
        picture.requestVideoFrameCallback(look)
      }),
  )
  const startedMs = performance.now()
  // Past React's own setter, as the browser itself writes it.
  Reflect.set(HTMLInputElement.prototype, 'value', String(atMs), slider)
  slider.dispatchEvent(new Event('input', { bubbles: true }))
  slider.dispatchEvent(new Event('change', { bubbles: true }))
  await Promise.all(shown)
  return performance.now() - startedMs
}
