import { createDatabase } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import { insertAccount, insertStaff } from '@visavis/prisma/seed'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { startStack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { aPlainVisit } from '../support/wall-cast.ts'
import { aWallPlace, officerCookie, openWallVisits } from '../support/wall-visits.ts'
import type { WallPlace, WallVisits } from '../support/wall-visits.ts'
import { verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { tileOf } from './pages/wall-page.ts'

const cleanUp = createCleanUp()
const SILENT = [[], [], [], []]
let db: Database
let origin: string
let browser: Browser
let place: WallPlace
let second: WallPlace
let admin: WallPlace
let visits: WallVisits
let visitId: string

beforeAll(async () => {
  const stack = cleanUp.later(await startStack(), (each) => each.stop())
  db = createDatabase(stack.databaseUrl, { applicationName: 'visavis-test', poolSize: 2 })
  cleanUp.later(db, (each) => each.$disconnect())
  origin = stack.origin
  place = await aWallPlace(db)
  const staff = await insertStaff(db, place.facilityId)
  second = { ...place, officerAccountId: staff.officerAccount.accountId }
  const { facilityId } = place
  const account = await insertAccount(db, { role: 'facilityAdmin', facilityId })
  admin = { ...place, officerAccountId: account.accountId }
  visits = cleanUp.later(
    await openWallVisits({ db, origin }, place, [{ ...aPlainVisit(SILENT, 0), hasSound: false }]),
    async (all) => all.close(),
  )
  visitId = visits.visitIds[0] ?? ''
  browser = cleanUp.later(await openBrowser(null), (each) => each.close())
}, 240_000)
afterAll(cleanUp.run)

/** A page of whoever has this account. */
async function openSignedIn(officer: WallPlace): Promise<Page> {
  const { context, page } = await openPage(browser, { width: 1280, height: 800 })
  const [name = '', value = ''] = (await officerCookie({ db, origin }, officer)).split('=')
  await context.addCookies([{ name, value, url: origin }])
  return page
}

async function openOfficer(officer: WallPlace): Promise<Page> {
  const page = await openSignedIn(officer)
  await page.goto(`${origin}/wall`)
  await verifyOnPage(page, 'Visits now')
  return page
}

const inState = (wanted: string) =>
  until(async () => {
    const { state } = await db.visitSession.findUniqueOrThrow({ where: { visitId } })
    return state === wanted ? true : null
  }, `the visit to be ${wanted}`)
const toldToParties = () =>
  visits.seats.flatMap(({ visitor, inmate }) =>
    [visitor, inmate].map(
      ({ events }) => events.filter(([name]) => name === 'visit:changed').length,
    ),
  )

describe('the settings of a facility', () => {
  it('[OV-7] say from now on that somebody must watch, and the visit under way follows at once', async () => {
    const page = await openSignedIn(admin)
    await inState('LIVE')
    await page.goto(`${origin}/office/settings`)
    await verifyOnPage(page, 'Settings')
    await page.getByRole('button', { name: 'Change: Watching' }).click()
    await page.getByLabel('A pause asks the officer again after, in minutes').fill('61')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const alert = page.getByRole('alert')
    await alert.getByRole('link', { name: /At most 60 minutes$/ }).click()
    await verifyAccessible(page)
    await page.getByLabel('Family visits must be watched').selectOption('Yes')
    await page
      .getByLabel('If nobody watches a family visit')
      .selectOption('It goes on and is offered to other walls')
    await page.getByLabel('A pause asks the officer again after, in minutes').fill('4')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('The settings are saved.').waitFor()
    await page.getByText('4 minutes', { exact: true }).waitFor()
    await verifyAccessible(page)
    await inState('MISSING_MONITOR')
    await page.context().close()
  })
})

describe('an officer who leaves', () => {
  it('[OV-7] [OV-3] leaves a visit that misses its monitor until another takes it, and its parties learn nothing', async () => {
    const first = await openOfficer(place)
    await inState('LIVE')
    const told = toldToParties()
    await first.context().close()
    await inState('MISSING_MONITOR')
    const other = await openOfficer(second)
    await inState('LIVE')
    expect(toldToParties()).toEqual(told)
    await other.context().close()
  })

  it('[OV-7] hands a visit over: first on the one wall, off the other', async () => {
    const giver = await openOfficer(place)
    const taker = await openOfficer(second)
    await giver.locator(`${tileOf(visitId)} button`).click()
    await giver.getByRole('button', { name: 'Hand over…' }).click()
    await verifyAccessible(giver)
    await giver.getByRole('button', { name: 'Offer', exact: true }).click()
    await taker.getByRole('button', { name: 'Take over' }).click()
    await taker.locator(tileOf(visitId), { hasText: 'Handed over to you' }).waitFor()
    await verifyAccessible(taker)
    await giver.getByText('has taken over what you offered').waitFor()
    await giver.locator(tileOf(visitId)).waitFor({ state: 'detached' })
    await giver.context().close()
    await taker.context().close()
  })

  it('[OV-6] flags a moment by key and takes it back', async () => {
    const page = await openOfficer(place)
    await page.locator(`${tileOf(visitId)} button`).click()
    await page.keyboard.press('f')
    await page.getByLabel('What it is about').selectOption('THREAT')
    await page.getByLabel('Note').fill('A raised hand')
    await verifyAccessible(page)
    await page.getByRole('button', { name: 'Flag', exact: true }).click()
    await page.getByText('A raised hand').waitFor()
    await page.getByRole('button', { name: 'Take the flag back' }).click()
    await page.getByText('A raised hand').waitFor({ state: 'detached' })
    await page.goto(`${origin}/office/shift`)
    await verifyOnPage(page, 'Shift')
    await page.getByText('Nobody watched').first().waitFor()
    await page.getByLabel('For the next shift').fill('All quiet.')
    await page.getByRole('button', { name: 'Sign the report' }).click()
    await page.getByText('The report is signed.').waitFor()
    await verifyAccessible(page)
    await page.context().close()
  })
})
