import type { Page } from 'playwright-core'
import { intervene } from '../../e2e/pages/interventions-page.ts'
import { PATIENCE_MS } from '../../e2e/pages/page-object.ts'
import type { createCamera } from './camera.ts'

type Round = {
  readonly officer: Page
  readonly visitor: Page
  readonly terminal: Page
  readonly take: ReturnType<typeof createCamera>
}

/** What an officer can do in the chosen visit, rung by rung, and what both sides see of it. */
export async function takeInterventions({ officer, visitor, terminal, take }: Round) {
  const both = [
    [visitor, 'family'],
    [terminal, 'terminal'],
  ] as const
  for (const [at, rung] of ['warn', 'sound', 'pause', 'speak'].entries()) {
    const button = officer.locator('.vv-interventions__ladder button').nth(at)
    await button.click()
    await officer.locator('.vv-interventions__option').first().waitFor({ timeout: PATIENCE_MS })
    await take({ page: officer, name: `wall-${rung}` })
    await button.click()
  }
  await intervene(officer, 'warn', 2)
  for (const [page, side] of both) {
    await page.getByRole('alertdialog').waitFor({ timeout: PATIENCE_MS })
    await take({ page, name: `${side}-warned`, onlyIn: 'en' })
    await page.getByRole('button', { name: 'I have understood' }).click()
  }
  await intervene(officer, 'pause', 1)
  for (const [page, side] of both) {
    await page.getByText('An officer has paused the visit.').waitFor({ timeout: PATIENCE_MS })
    await take({ page, name: `${side}-paused`, onlyIn: 'en' })
  }
  await take({ page: officer, name: 'wall-paused' })
  await intervene(officer, 'pause', 1)
  await takeDialogs(officer, take)
}

/** What asks once more before it is done. */
async function takeDialogs(officer: Page, take: Round['take']): Promise<void> {
  await officer.getByRole('button', { name: 'End visit…' }).click()
  await officer.locator('dialog[open]').waitFor()
  await take({ page: officer, name: 'wall-end', onlyIn: 'en' })
  await officer.getByLabel('Conduct').check()
  await officer.getByRole('button', { name: 'Continue' }).click()
  await officer.getByRole('button', { name: 'End the visit' }).waitFor()
  await take({ page: officer, name: 'wall-end-sure', onlyIn: 'en' })
  await officer.keyboard.press('Escape')
  await officer.getByRole('button', { name: /^Add time/ }).click()
  await officer.locator('dialog[open]').waitFor()
  await take({ page: officer, name: 'wall-extend', onlyIn: 'en' })
  await officer.keyboard.press('Escape')
  await officer.keyboard.press('?')
  await officer.locator('dialog[open]').waitFor()
  await take({ page: officer, name: 'wall-keys', onlyIn: 'en' })
  await officer.keyboard.press('Escape')
}
