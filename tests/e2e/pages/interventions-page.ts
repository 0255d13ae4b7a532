import type { Page } from 'playwright-core'
import { PATIENCE_MS } from './page-object.ts'

/** The rungs of the ladder, by the keys of the wall (OV-5). */
export const RUNGS = { warn: '1', sound: '2', pause: '3', speak: '4', end: '5' } as const

/** The picture of an officer who speaks, on a party's page. */
export const OFFICER_PICTURE = '.vv-call__officer video'

/** Two keys: the rung, then what it offers at that place. */
export async function intervene(
  page: Page,
  rung: keyof typeof RUNGS,
  choice: number,
): Promise<void> {
  await page.keyboard.press(RUNGS[rung])
  const option = page.locator(
    `.vv-interventions [aria-keyshortcuts="${choice}"].vv-interventions__option`,
  )
  await option.waitFor({ timeout: PATIENCE_MS })
  await page.keyboard.press(String(choice))
  await option.waitFor({ state: 'detached', timeout: PATIENCE_MS })
}

/** The officer's warning on a party's page; acknowledges it. */
export async function acknowledgeWarning(page: Page, text: string): Promise<void> {
  const dialog = page.getByRole('alertdialog', { name: 'An officer warns you' })
  await dialog.getByText(text).waitFor({ timeout: PATIENCE_MS })
  await dialog.getByRole('button', { name: 'I have understood' }).click()
  await dialog.waitFor({ state: 'detached', timeout: PATIENCE_MS })
}
