import type { Locator, Page } from 'playwright-core'
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

/** The row of one person of the chosen visit, where the officer decides about them. */
export function personRow(page: Page, name: string): Locator {
  return page.locator('.vv-people > li', {
    has: page.locator('strong', { hasText: new RegExp(`^${name}`) }),
  })
}

/** Begins the check of one of several people. */
export async function checkPerson(page: Page, name: string): Promise<void> {
  const row = personRow(page, name)
  await row.getByRole('button', { name: 'Check identity' }).click({ timeout: PATIENCE_MS })
  await row.getByRole('button', { name: 'Admit', exact: true }).waitFor({ timeout: PATIENCE_MS })
}

/** Lets one of several people in whose check has begun. */
export async function admitPerson(page: Page, name: string): Promise<void> {
  const row = personRow(page, name)
  await row.getByRole('button', { name: 'Admit', exact: true }).click({ timeout: PATIENCE_MS })
}

/** How near a colour of a compressed picture is to the one it was made of, 0–255. */
const COLOUR_TOLERANCE = 8
const TEAL = [0, 128, 128] as const

/** Whether the picture on file is the teal one, and whether the live one is beside it. */
export async function comparedPictures(page: Page) {
  const filed = page.locator('.vv-compare img')
  const colour = await filed.evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 1
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0, 1, 1)
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])]
  })
  const left = await filed.boundingBox()
  const right = await page.locator('.vv-compare video').boundingBox()
  return {
    isFiledTeal: TEAL.every(
      (value, channel) => Math.abs((colour[channel] ?? NaN) - value) <= COLOUR_TOLERANCE,
    ),
    isBeside:
      left !== null && right !== null && left.x + left.width <= right.x && left.y === right.y,
  }
}

/** Ends the focused visit for both sides, with a reason and in two steps. */
export async function endByStaff(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End visit…' }).click({ timeout: PATIENCE_MS })
  await page.getByLabel('Conduct').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'End the visit' }).click({ timeout: PATIENCE_MS })
}

/** What the tiles on the screen show, each by its visit: moving pictures, stills, or neither. */
export function picturesOnScreen(
  page: Page,
): Promise<{ live: number; still: number; bare: number }> {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll<HTMLElement>('[data-visit-id]')].filter((tile) => {
      const { top, bottom } = tile.getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    })
    const moves = (tile: HTMLElement): boolean => {
      const videos = [...tile.querySelectorAll('video')]
      return videos.length > 0 && videos.every((video) => video.videoWidth > 0)
    }
    const stands = (tile: HTMLElement): boolean =>
      [...tile.querySelectorAll<HTMLImageElement>('.vv-still')].some(
        (image) => image.naturalWidth > 0,
      )
    const live = seen.filter(moves).length
    const still = seen.filter((tile) => !moves(tile) && stands(tile)).length
    return { live, still, bare: seen.length - live - still }
  })
}

/** Ids of the visits that have a tile, in the order of the wall. */
export function visitsOnWall(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-visit-id]')].map(
      (tile) => tile.dataset['visitId'] ?? '',
    ),
  )
}

/** The visit whose tile has the keyboard; null: none. */
export function visitInFocus(page: Page): Promise<string | null> {
  return page.evaluate(
    () =>
      document.activeElement?.closest<HTMLElement>('[data-visit-id]')?.dataset['visitId'] ?? null,
  )
}

/** Puts the officer's hand away from the tiles until tiles may move again. */
export async function restHand(page: Page): Promise<void> {
  await page.mouse.move(1, 1)
}
