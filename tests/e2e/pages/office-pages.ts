import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './page-object.ts'

/** Goes to a page of the office by the links above it. */
export async function openOffice(page: Page, link: string, heading = link): Promise<void> {
  const nav = page.getByRole('navigation', { name: 'Pages' })
  await nav.getByRole('link', { name: link, exact: true }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, heading)
}

/** Opens the first open request for a relationship by keyboard, and allows it for the person it means. */
export async function approveFirstRequest(page: Page): Promise<void> {
  await verifyOnPage(page, 'Inbox')
  await page.getByRole('link', { name: /^Decide on a permission \d/ }).click()
  await page.locator('.vv-task').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Decide on a permission' })
  await panel.getByRole('radio').first().check({ timeout: PATIENCE_MS })
  await verifyAccessible(page)
  await panel.getByRole('button', { name: 'Allow, and ask the inmate' }).click()
  await page.getByRole('status').getByText('Approved').waitFor({ timeout: PATIENCE_MS })
}

/** Adds a session to the timetable, after a look at what it changes. */
export async function addSession(page: Page, name: string): Promise<void> {
  await openOffice(page, 'Timetable')
  await page.getByRole('link', { name: 'Add a session' }).click()
  await verifyOnPage(page, 'Add a session')
  await page.getByRole('button', { name: 'Show what changes' }).click()
  await page.getByRole('alert').getByRole('link', { name: 'Give the session a name' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Begins at').fill('20:15')
  await page.getByRole('button', { name: 'Show what changes' }).click()
  await page.getByText('No booked visit is affected').waitFor({ timeout: PATIENCE_MS })
  await verifyAccessible(page)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await verifyOnPage(page, 'Timetable')
  await page.getByText(/session rules$/).click({ timeout: PATIENCE_MS })
  await page.getByRole('rowheader', { name }).waitFor({ timeout: PATIENCE_MS })
}

/** Where and when a visit is, as its page says. */
export type BookedVisit = {
  readonly visitId: string
  readonly date: string
  readonly terminal: string
}

/** Books the first free time for the people of an inmate, as for somebody who called. */
export async function bookFor(page: Page, inmate: string): Promise<BookedVisit> {
  await openOffice(page, 'People')
  await page.getByRole('link', { name: 'Inmates', exact: true }).click()
  await page.getByLabel('Name or number of the inmate').fill(inmate)
  await page.getByRole('button', { name: 'Search' }).click()
  await page
    .getByRole('rowheader')
    .getByRole('link', { name: inmate })
    .click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, new RegExp(inmate))
  await page.getByRole('link', { name: 'Book a visit for them' }).click()
  await verifyOnPage(page, 'Book a visit for somebody')
  await page.getByRole('checkbox').first().check({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: /place/ }).first().click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Visit')
  return readVisit(page)
}

/** A visit's terminal and date; the way back to the day names the date. */
export async function readVisit(page: Page): Promise<BookedVisit> {
  const place = page.locator('.vv-summary__row', { hasText: 'Place' }).locator('dd')
  const words = (await place.innerText({ timeout: PATIENCE_MS })).split(' · ')[1] ?? ''
  const back = (await page.getByRole('link', { name: 'Back' }).getAttribute('href')) ?? ''
  const date = new URL(back, page.url()).searchParams.get('date') ?? ''
  const visitId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  return { visitId, date, terminal: words.split(',')[0] ?? '' }
}

/** Takes the terminal out of order for a long time and reads what became of its visits. */
export async function breakTerminal(page: Page, terminal: string, until: string): Promise<string> {
  await page.getByRole('button', { name: `${terminal} is out of order…` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Until when').fill(until)
  await dialog.getByLabel('Reason').fill('The screen is broken')
  await dialog.getByRole('button', { name: 'Take out of order' }).click()
  const result = page.getByRole('dialog', { name: 'The day is planned anew' })
  await result.waitFor({ timeout: PATIENCE_MS })
  await verifyAccessible(page)
  const words = await result.innerText()
  await result.getByRole('button', { name: 'Back to the day' }).click()
  await page
    .getByText(/Out of order until/)
    .first()
    .waitFor({ timeout: PATIENCE_MS })
  return words
}

/** No page of the office scrolls sideways at this width. */
export async function expectFits(page: Page): Promise<void> {
  const widths = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: window.innerWidth,
  }))
  expect(widths.content, page.url()).toBeLessThanOrEqual(widths.window)
}

/** Everything that was asked for has come. */
export async function expectLoaded(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.vv-progress') === null, null, {
    timeout: PATIENCE_MS,
  })
  await verifyAccessible(page)
}

type NewInterpreter = {
  readonly origin: string
  readonly visitId: string
  readonly login: string
  readonly name: string
}

/** A scheduler who has just signed in gives a visit an interpreter. */
export async function addInterpreter(page: Page, added: NewInterpreter): Promise<void> {
  const { origin, visitId, login, name } = added
  await page.getByRole('button', { name: 'Sign out' }).waitFor({ timeout: PATIENCE_MS })
  await page.goto(`${origin}/office/day/${visitId}`)
  await page.getByText('Interpreter…').click({ timeout: PATIENCE_MS })
  await page.getByLabel('E-mail address of the interpreter').fill(login)
  await page.getByRole('button', { name: 'Add the interpreter' }).click()
  await page.getByRole('button', { name: `Take ${name} out` }).waitFor({ timeout: PATIENCE_MS })
}
