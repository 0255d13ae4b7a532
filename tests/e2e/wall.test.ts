import { createDatabase } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { startStack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { aPlainVisit, makeWallClips } from '../support/wall-cast.ts'
import { aWallPlace, officerCookie, openWallVisits } from '../support/wall-visits.ts'
import type { WallVisits } from '../support/wall-visits.ts'
import { verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { picturesOnScreen, restHand, visitInFocus, visitsOnWall } from './pages/wall-page.ts'

/** Two more than may be live. */
const VISITS = 27
const LIVE = 25
const TATAR_AT = 3
const WINGS = ['A', 'B', 'C']
/** Two of each visit of a wing. */
const WING_PICTURES = (VISITS / 3) * 2
/** Two of each visit that is not live while another wing is seen. */
const FRESH_PICTURES = (VISITS - LIVE) * 2
/** So many times tiles come and go; each takes a place in the connection's description. */
const TILE_CHANGES = 100
/** Twenty-seven visits through the server's own doors, on a machine that does six other things. */
const SET_UP_MS = 600_000

const cleanUp = createCleanUp()
let context: BrowserContext
let page: Page
let db: Database
let visits: WallVisits
let origin: string
let consumersTold = 0

beforeAll(async () => {
  const clips = await makeWallClips()
  const stack = cleanUp.later(await startStack(), (each) => each.stop())
  db = createDatabase(stack.databaseUrl, { applicationName: 'visavis-test', poolSize: 2 })
  cleanUp.later(db, (each) => each.$disconnect())
  origin = stack.origin
  const where = { db, origin }
  const place = await aWallPlace(db)
  const small = clips.map((layers) => layers.slice(0, 1))
  const shapes = Array.from({ length: VISITS }, (_, at) => ({
    ...aPlainVisit(small, at),
    ...(at === TATAR_AT ? { language: 'tt' } : {}),
    hasSound: at === 0,
  }))
  visits = cleanUp.later(await openWallVisits(where, place, shapes), async (all) => all.close())
  const browser = cleanUp.later(await openBrowser(null), (each) => each.close())
  ;({ context, page } = await openPage(browser, { width: 1920, height: 1080 }))
  const [name = '', value = ''] = (await officerCookie(where, place)).split('=')
  await context.addCookies([{ name, value, url: origin }])
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      consumersTold += String(payload).split('"consumer:created"').length - 1
    }),
  )
  await page.goto(`${origin}/wall`)
  await verifyOnPage(page, 'Visits now')
  await page.getByRole('button', { name: 'Small' }).click()
}, SET_UP_MS)
afterAll(cleanUp.run)

describe('[OV-4] a wall of more visits than may be live', () => {
  it('moves twenty-five, shows the rest as stills, and takes no sound', async () => {
    await until(async () => {
      const { live, still } = await picturesOnScreen(page)
      return live === LIVE && still === VISITS - LIVE ? true : null
    }, 'every tile to have its picture')
    expect(await soundsReceived(page)).toBe(0)
    await verifyAccessible(page)
  })

  it('meters who speaks without hearing them', async () => {
    const meter = page.locator(`[data-visit-id="${visits.visitIds[0]}"] .vv-level__fill`).first()
    await until(async () => {
      const shown = await meter.evaluate((element) => (element as HTMLElement).style.transform)
      return shown !== '' && shown !== 'scaleX(0.00)' ? true : null
    }, 'the meter to move')
    expect(await soundsReceived(page)).toBe(0)
  })

  it('leads by the keyboard, and keeps it on a tile that moves', async () => {
    const order = await visitsOnWall(page)
    await page.locator('.vv-tile').first().focus()
    await page.keyboard.press('ArrowRight')
    expect(await visitInFocus(page)).toBe(order[1])
    const last = order.at(-1) ?? ''
    await page.keyboard.press('End')
    await restHand(page)
    const seat = visits.seats[visits.visitIds.indexOf(last)]?.visitor
    await seat?.call('help', { need: 'OTHER', figures: null } as never)
    await until(async () => ((await visitsOnWall(page))[0] === last ? true : null), 'it to rise')
    expect(await visitInFocus(page)).toBe(last)
    await page.keyboard.press('KeyN')
    await page.getByText('Interventions').waitFor()
    await page.keyboard.press('Escape')
    expect(await visitInFocus(page)).toBe(last)
    await page.keyboard.press('Shift+?')
    const keys = page.getByRole('dialog', { name: 'Keys' })
    await keys.getByText('Next visit that needs attention').waitFor()
    expect(await keys.locator(':focus').textContent()).toBe('Close')
    await verifyAccessible(page)
    await page.keyboard.press('Escape')
    await keys.waitFor({ state: 'detached' })
    expect(await visitInFocus(page)).toBe(last)
  })

  it('filters, and says what urgent visits it hides', async () => {
    await page.getByRole('combobox', { name: 'Language' }).selectOption('tt')
    expect(await visitsOnWall(page)).toEqual([visits.visitIds[TATAR_AT]])
    await page.getByRole('button', { name: '1 hidden visit needs attention: show all' }).click()
    expect((await visitsOnWall(page)).length).toBe(VISITS)
  })

  it('is shared out with a second screen, and taken back when that one closes', async () => {
    const second = await context.newPage()
    await second.goto(`${origin}/wall?screen=2`)
    const halves = await until(async () => {
      const both = [await visitsOnWall(page), await visitsOnWall(second)] as const
      return both[0].length + both[1].length === VISITS && both[1].length > 0 ? both : null
    }, 'the tiles to be shared out')
    expect(new Set(halves.flat()).size).toBe(VISITS)
    expect(Math.abs(halves[0].length - halves[1].length)).toBeLessThanOrEqual(1)
    await second.close()
    await until(
      async () => ((await visitsOnWall(page)).length === VISITS ? true : null),
      'all tiles to be back',
    )
  })

  it('uses the places of a connection again, however often tiles come and go', async () => {
    const before = consumersTold
    const wing = page.getByRole('combobox', { name: 'Wing' })
    for (let turn = 0; consumersTold - before < TILE_CHANGES; turn += 1) {
      const at = consumersTold
      await wing.selectOption(WINGS[turn % WINGS.length] ?? '')
      // All but the live ones were let go; what is left of the other wings stays live for a while.
      await until(() => (consumersTold - at >= FRESH_PICTURES ? true : null), 'tiles to come')
    }
    // Two pictures for each live visit, a sound, and the places that are being given back.
    expect(await mostSections(page)).toBeLessThanOrEqual(2 * LIVE + WING_PICTURES)
  })
})

type Kept = { kept?: RTCPeerConnection[] }

function soundsReceived(of: Page): Promise<number> {
  return of.evaluate(
    () =>
      ((globalThis as unknown as Kept).kept ?? [])
        .flatMap((connection) => connection.getReceivers())
        .filter(({ track }) => track.kind === 'audio' && track.readyState === 'live').length,
  )
}

/** Sections of the longest description among the page's connections. */
function mostSections(of: Page): Promise<number> {
  return of.evaluate(() =>
    Math.max(
      ...((globalThis as unknown as Kept).kept ?? []).map(
        ({ remoteDescription }) => (remoteDescription?.sdp.split('\nm=').length ?? 1) - 1,
      ),
    ),
  )
}
