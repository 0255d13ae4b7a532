import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { insertVisit } from '@visavis/prisma/seed'
import { PATIENCE_MS, verifyOnPage } from '../e2e/pages/page-object.ts'
import { leavePart, signInAtDesk } from '../e2e/pages/terminal-desk-page.ts'
import { enrolTerminal, goToPin } from '../e2e/pages/terminal-journey.ts'
import { KNOWN_INMATE } from '../support/known-media.ts'
import { onStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

/** Takes pictures of a terminal outside of a visit: its start, its keys, and what an inmate does at it alone. */

const [folder = join(tmpdir(), 'visavis-terminal')] = process.argv.slice(2)
const DAY_MS = 86_400_000
/** Of the demonstration: an inmate whom somebody asks to visit, and one of whose visits is soon. */
const PAVEL = { inmateNumber: 'K-1002', pin: '731946' }
const WRONG_PIN = '000000'
const PARTS = ['Who wants to visit me', 'My visits', 'Ring somebody', 'Messages', 'Recorded']

await onStage({ folder, person: KNOWN_INMATE }, async (stage) => {
  const page = await stage.newPage()
  await enrolTerminal(page, { origin: stage.origin, code: await codeOf(stage, page) })
  await aVisitTomorrow(stage)
  await stage.take({ page, name: 'terminal-start' })
  await takeWrongPin(stage, page)
  await takeDesk(stage, page)
})

async function codeOf({ demo, origin }: Stage, page: Page): Promise<string> {
  const { terminalId } = await terminalOf(demo)
  const headers = { origin }
  const { login, password } = demo.staff('facilityAdmin')
  await page.request.post(`${origin}/api/sign-in`, { headers, data: { login, password } })
  const url = `${origin}/api/terminals/${terminalId}/enrolment-codes`
  const { code } = (await (await page.request.post(url, { headers })).json()) as { code: string }
  return code
}

function terminalOf({ db, visit: { facilityId } }: Stage['demo']) {
  return db.terminal.findFirstOrThrow({ where: { facilityId, name: 'Terminal 2' } })
}

async function aVisitTomorrow({ demo }: Stage): Promise<void> {
  const { db } = demo
  const { inmateNumber } = PAVEL
  const { inmateId, facilityId } = await db.inmate.findFirstOrThrow({ where: { inmateNumber } })
  const { visitorId } = await db.relationship.findFirstOrThrow({
    where: { inmateId, state: 'APPROVED' },
  })
  const { terminalId } = await terminalOf(demo)
  await insertVisit(db, {
    ...{ inmateId, facilityId, terminalId, visitorIds: [visitorId] },
    startsAt: new Date(Date.now() + DAY_MS),
  })
}

async function takeWrongPin({ take }: Stage, page: Page): Promise<void> {
  await goToPin(page)
  for (const digit of WRONG_PIN) {
    await page.getByRole('button', { name: digit, exact: true }).click()
  }
  await page.getByRole('button', { name: 'Done: sign in' }).click()
  await page.getByRole('alert').first().waitFor({ timeout: PATIENCE_MS })
  await take({ page, name: 'terminal-pin-wrong' })
  await page.getByRole('button', { name: 'Back' }).click()
}

async function takeDesk({ take }: Stage, page: Page): Promise<void> {
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('button', { name: 'My visits and requests' }).click()
  await verifyOnPage(page, 'Enter your number')
  await take({ page, name: 'terminal-number' })
  await page.getByRole('button', { name: 'Back' }).click()
  await signInAtDesk(page, PAVEL)
  await take({ page, name: 'terminal-desk' })
  for (const [at, part] of PARTS.entries()) {
    const tile = page.getByRole('button', { name: new RegExp(`^${part}`) })
    if ((await tile.count()) === 0) continue
    await tile.click()
    await page.locator('.vv-progress').first().waitFor({ state: 'detached' })
    await take({ page, name: `terminal-desk-${at + 1}` })
    await leavePart(page)
  }
}
