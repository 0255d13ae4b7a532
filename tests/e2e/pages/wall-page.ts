import type { Page } from 'playwright-core'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './page-object.ts'
import { signIn } from './visitor-journey.ts'

type OfficerSignIn = { readonly origin: string; readonly login: string; readonly password: string }

/** Signs an officer in and waits for the wall. */
export async function openWall(page: Page, officer: OfficerSignIn): Promise<void> {
  await signIn(page, officer)
  await verifyOnPage(page, 'Visits now')
}

/** The tile of a visit. */
export function tileOf(visitId: string): string {
  return `[data-visit-id="${visitId}"]`
}

/** The pictures of the visit that the officer has chosen. */
export function focusPicture(name: string): string {
  return `.vv-focus video[aria-label*="${name}"]`
}

/** The small picture of a person on their visit's tile. */
export function tilePicture(visitId: string, name: string): string {
  return `${tileOf(visitId)} video[aria-label*="${name}"]`
}

/** Chooses a visit: it gets large, and is heard. */
export async function focusVisit(page: Page, visitId: string): Promise<void> {
  await page.locator(`${tileOf(visitId)} button`).click({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'End visit…' }).waitFor({ timeout: PATIENCE_MS })
  await verifyAccessible(page)
}

export async function leaveFocus(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close', exact: true }).click()
}

/** Begins the check of the one person who waits for it. */
export async function checkIdentity(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check identity' }).click({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'Admit', exact: true }).waitFor({ timeout: PATIENCE_MS })
}

/** Lets the person in whose check has begun. */
export async function admit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Admit', exact: true }).click({ timeout: PATIENCE_MS })
}

/** Ends the focused visit for both sides, with a reason and in two steps. */
export async function endByStaff(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End visit…' }).click({ timeout: PATIENCE_MS })
  await page.getByLabel('Conduct').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'End the visit' }).click({ timeout: PATIENCE_MS })
}
