import { createDatabase } from '@visavis/prisma'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser, openPage } from '../support/browser.ts'
import { startStack } from '../support/stack.ts'
import { aMixedVisit, makeWallClips } from '../support/wall-cast.ts'
import { aWallPlace, officerCookie, openWallVisits } from '../support/wall-visits.ts'

/** Takes pictures of a wall with 1, 9, 25 and 60 visits, in every size and language, to be looked at. */

const COUNTS = [1, 9, 25, 60]
const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 2560, height: 1440 },
]
/** By then every tile that came on screen has its picture. */
const TWO_BEATS_MS = 8_000
const [folder = join(tmpdir(), 'visavis-wall')] = process.argv.slice(2)

const clips = await makeWallClips()
const stack = await startStack({ MEDIA_WORKERS: '2' })
const db = createDatabase(stack.databaseUrl, { applicationName: 'visavis-test', poolSize: 2 })
const browser = await openBrowser(null)
const where = { db, origin: stack.origin }
try {
  const place = await aWallPlace(db)
  const pages = { en: await aPage('en'), ru: await aPage('ru') }
  const cookie = await officerCookie(where, place)
  const [name = '', value = ''] = cookie.split('=')
  for (const { context } of Object.values(pages)) {
    await context.addCookies([{ name, value, url: stack.origin }])
  }
  let open = 0
  for (const count of COUNTS) {
    const shapes = Array.from({ length: count - open }, (_, at) => aMixedVisit(clips, open + at))
    await openWallVisits(where, place, shapes)
    open = count
    for (const [language, { page }] of Object.entries(pages)) await takeAll(page, language, count)
  }
} finally {
  await browser.close()
  await db.$disconnect()
  await stack.stop()
}
process.exit(0)

function aPage(language: string) {
  return openPage(browser, { language })
}

async function takeAll(page: Page, language: string, count: number): Promise<void> {
  await page.goto(`${stack.origin}/wall`)
  await page.getByRole('button', { name: language === 'ru' ? 'Русский' : 'English' }).click()
  const tile = page.locator('.vv-tile').nth(count > 1 ? 1 : 0)
  await tile.click()
  for (const size of SIZES) {
    await page.setViewportSize(size)
    await page.waitForTimeout(TWO_BEATS_MS)
    const path = join(folder, `wall-${count}-${language}-${size.width}.png`)
    await page.screenshot({ path, animations: 'disabled' })
  }
  await page.goto('about:blank')
}
