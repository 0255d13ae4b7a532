import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gather, letIn, openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE, KNOWN_VISITOR } from '../support/known-media.ts'
import { sendNoise, wireBytesOf } from '../support/page-rtc.ts'
import { waitToHear, waitToSee } from '../support/page-probes.ts'
import { startStack } from '../support/stack.ts'
import { skipAfterFailure } from '../support/steps.ts'
import type { Stack } from '../support/stack.ts'
import { REMOTE_PICTURE, waitForVisit } from './pages/call-page.ts'
import { PATIENCE_MS, verifyOnPage } from './pages/page-object.ts'

const SAVER_BPS = 600_000
/** What a visit takes is measured over so long; the encoders need a moment after the change. */
const WINDOW_MS = 10_000
const MOST_WINDOWS = 2

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let cast: Cast

skipAfterFailure()
beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  cast = cleanUp.later(await openCast(), ({ close }) => close())
  await gather({ stack, demo, cast })
  await letIn({ demo, cast })
})
afterAll(cleanUp.run)

/** Waits until both sides see and hear each other, the visitor on this page. */
async function verifyTogether(visitor: Page): Promise<void> {
  await waitToSee(visitor, REMOTE_PICTURE, KNOWN_INMATE)
  await waitToHear(visitor, REMOTE_PICTURE, KNOWN_INMATE)
  await waitToSee(cast.terminal, REMOTE_PICTURE, KNOWN_VISITOR)
  await waitToHear(cast.terminal, REMOTE_PICTURE, KNOWN_VISITOR)
}

/** Bit/s of the page over ten seconds, once they are no more than allowed or do not fall any more. */
async function settledRate(page: Page): Promise<number> {
  let rate = Infinity
  for (let windows = 0; windows < MOST_WINDOWS && rate > SAVER_BPS; windows += 1) {
    const [bytes, atMs] = [await wireBytesOf(page), performance.now()]
    await page.waitForTimeout(WINDOW_MS)
    rate = ((await wireBytesOf(page)) - bytes) / ((performance.now() - atMs) / 8_000)
  }
  return rate
}

/** Makes a page say that it is out of sight, or seen again, as a locked phone's does. */
async function setSight(page: Page, sight: DocumentVisibilityState): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: state })
    document.dispatchEvent(new Event('visibilitychange'))
  }, sight)
}

describe('a visit on real devices', () => {
  it('[LV-10] a page that is out of sight is told to the other side, and back by itself', async () => {
    await verifyTogether(cast.visitor)
    const words = cast.terminal.getByText('cannot see this page just now')
    await setSight(cast.visitor, 'hidden')
    await words.waitFor({ timeout: PATIENCE_MS })
    await setSight(cast.visitor, 'visible')
    await words.waitFor({ state: 'detached', timeout: PATIENCE_MS })
  })

  it('[LV-8] a reload leads back into the visit without a click', async () => {
    await cast.visitor.reload()
    await waitForVisit(cast.visitor)
    await verifyTogether(cast.visitor)
  })

  it('[LV-10] where the browser wants a gesture before sound, one button brings everything', async () => {
    await refuseAutoplay(cast.visitor)
    await cast.visitor.reload()
    const tap = cast.visitor.getByRole('button', { name: 'Tap to see and hear' })
    await tap.click({ timeout: PATIENCE_MS })
    await verifyTogether(cast.visitor)
    expect(await tap.count()).toBe(0)
  })

  it('[LV-4] a second tab takes the visit over, and one button takes it back', async () => {
    const first = cast.visitor
    const second = await first.context().newPage()
    await second.goto(first.url())
    await verifyTogether(second)
    await verifyOnPage(first, 'You joined on another device')
    await first.getByRole('button', { name: 'Use this device instead' }).click()
    await verifyTogether(first)
    await verifyOnPage(second, 'You joined on another device')
    await second.close()
  })

  it('[LV-9] with the data saver a visit takes no more than 600 kbit/s, and says what it took', async () => {
    const { visitor } = cast
    await Promise.all([sendNoise(visitor), sendNoise(cast.terminal)])
    await visitor.getByText('Your connection').click()
    await visitor.getByRole('checkbox', { name: 'Data saver' }).check()
    await visitor.getByText(/Used in this visit: [\d.]+ MB/).waitFor()
    const rate = await settledRate(visitor)
    expect(rate).toBeLessThanOrEqual(SAVER_BPS)
    // Noise flows, both ways.
    expect(rate).toBeGreaterThan(SAVER_BPS / 4)
    await visitor.getByRole('checkbox', { name: 'Data saver' }).uncheck()
  })

  it('nothing went wrong in any page unseen', () => {
    expect(cast.faults()).toEqual([])
  })
})

/** From the next load on: what plays sound waits for a gesture, whatever this browser's own policy is. */
async function refuseAutoplay(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const media = HTMLMediaElement.prototype
    // Not the browser's own word: whatever a test evaluates counts as a gesture there.
    let hasPressed = false
    addEventListener('pointerdown', () => (hasPressed = true), { capture: true })
    const own = (from: object, name: string): ((this: unknown, ...args: unknown[]) => unknown) =>
      Reflect.get(from, name) as never
    const play = own(media, 'play')
    const setAttribute = own(Element.prototype, 'setAttribute')
    media.play = async function (this: HTMLMediaElement) {
      const mayPlay = this.muted || hasPressed
      if (!mayPlay) throw new DOMException('a gesture is wanted', 'NotAllowedError')
      await play.call(this)
    }
    // The attribute would start it all the same.
    Object.defineProperty(media, 'autoplay', { get: () => false, set: () => undefined })
    media.setAttribute = function (this: HTMLMediaElement, name: string, value: string) {
      if (name.toLowerCase() !== 'autoplay') setAttribute.call(this, name, value)
    }
  })
}
