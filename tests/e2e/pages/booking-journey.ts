import type { Locator, Page } from 'playwright-core'
import { PATIENCE_MS, verifyOnPage } from './page-object.ts'

/** More stops than any of these pages has. */
const MOST_STOPS = 60

/** Goes to a control with the Tab key alone, as somebody does who has no pointer, and presses it. */
export async function pressByKeyboard(page: Page, control: Locator): Promise<void> {
  await control.waitFor({ timeout: PATIENCE_MS })
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await control.evaluate((element) => element === document.activeElement)) {
      return page.keyboard.press('Enter')
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${control.toString()}`)
}

/** From the list of visits to the days, from home, by keyboard. */
export async function goToDays(page: Page): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Pages' })
  await pressByKeyboard(page, navigation.getByRole('link', { name: 'Book a visit' }))
  await verifyOnPage(page, 'Where will you sit?')
  await pressByKeyboard(page, page.getByRole('button', { name: 'At home' }))
  await verifyOnPage(page, 'Which day?')
}

/** A free day by the arrow keys, and its first time; the place is held afterwards. */
export async function holdByKeyboard(page: Page): Promise<void> {
  const stop = page.locator('.vv-day[tabindex="0"]')
  await stop.waitFor({ timeout: PATIENCE_MS })
  for (let count = 0; !(await isFocused(stop)) && count < MOST_STOPS; count++) {
    await page.keyboard.press('Tab')
  }
  // The first open day has the stop; the next one has all of its times.
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await verifyOnPage(page, /: which time\?$/)
  await pressByKeyboard(page, page.locator('.vv-choice').first())
  await verifyOnPage(page, 'Check and book')
  await page.getByText('The place is kept for you for').waitFor({ timeout: PATIENCE_MS })
}

/** Books what is held. */
export async function confirmByKeyboard(page: Page): Promise<void> {
  await pressByKeyboard(page, page.getByRole('button', { name: 'Book this visit' }))
  await verifyOnPage(page, 'Your booking')
  await page.getByText('Your visit is booked').waitFor({ timeout: PATIENCE_MS })
}

/** From the list of visits to a cancelled visit. */
export async function cancelByKeyboard(page: Page): Promise<void> {
  await pressByKeyboard(page, page.getByRole('link', { name: 'Cancel', exact: true }))
  await verifyOnPage(page, 'Cancel this visit?')
  await page.getByText(/the visit does not count/).waitFor({ timeout: PATIENCE_MS })
  await pressSpaceOn(page, page.getByLabel('Plans changed'))
  await pressByKeyboard(page, page.getByRole('button', { name: 'Cancel the visit' }))
  await page.getByText('Everybody who was to come is told.').waitFor({ timeout: PATIENCE_MS })
}

async function pressSpaceOn(page: Page, control: Locator): Promise<void> {
  for (let count = 0; !(await isFocused(control)) && count < MOST_STOPS; count++) {
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Space')
}

async function isFocused(control: Locator): Promise<boolean> {
  return control.evaluate((element) => element === document.activeElement)
}
