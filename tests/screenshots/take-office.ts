import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { setUpApp } from '../e2e/pages/security-page.ts'
import { onStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

/** Takes pictures of the visits office, of a link centre's desk, of the auditor and of the operator. */

const [folder = join(tmpdir(), 'visavis-office'), only] = process.argv.slice(2)
const TASKS = 20

await onStage({ folder }, async (stage) => {
  const parts: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
    inbox: takeInbox,
    desk: takeDesk,
    admin: takeAdmin,
    others: takeOthers,
  }
  for (const [name, part] of Object.entries(parts)) {
    if (only === undefined || only === name) await part(stage)
  }
})

/** One task of every kind. */
async function takeInbox({ demo, round }: Stage): Promise<void> {
  const { facilityId } = demo.visit
  const tasks = await demo.db.task.findMany({
    where: { facilityId, state: 'OPEN' },
    distinct: ['kind'],
    take: TASKS,
  })
  await round(demo.staff('scheduler'), [
    { name: 'inbox', path: '/office/inbox' },
    ...tasks.map(({ taskId, kind }) => ({
      name: `inbox-${kind.toLowerCase().replaceAll('_', '-')}`,
      path: `/office/inbox?task=${taskId}`,
    })),
  ])
}

async function takeDesk({ demo, round }: Stage): Promise<void> {
  const { visitId, inmateId, facilityId } = demo.visit
  const { visitorId = '' } = demo.visitor.scope
  const template = await demo.db.sessionTemplate.findFirstOrThrow({ where: { facilityId } })
  await round(demo.staff('scheduler'), [
    { name: 'office-day', path: '/office/day' },
    { name: 'office-visit', path: `/office/day/${visitId}` },
    { name: 'timetable', path: '/office/timetable', prepare: openRules },
    { name: 'template', path: `/office/timetable/templates/${template.templateId}` },
    { name: 'closure', path: '/office/timetable/closures/new' },
    { name: 'search-none', path: '/office/search?text=Nobody' },
    { name: 'visitor', path: `/office/search/visitors/${visitorId}` },
    { name: 'inmate', path: `/office/search/inmates/${inmateId}` },
    { name: 'book-for', path: `/office/search/inmates/${inmateId}/book` },
    { name: 'movements', path: '/office/movements' },
    { name: 'suspensions', path: '/office/suspensions' },
    { name: 'terminals', path: '/terminals' },
  ])
}

async function openRules(page: Page): Promise<void> {
  await page.getByText(/session rules?$/).click()
}

async function takeAdmin({ demo, round }: Stage): Promise<void> {
  await round(demo.staff('facilityAdmin'), [
    { name: 'accounts', path: '/office/accounts' },
    {
      name: 'account-new',
      path: '/office/accounts/new',
      prepare: (page) => page.getByRole('button', { name: 'Make the account' }).click(),
    },
    { name: 'account-made', path: '/office/accounts/new', prepare: makeAccount },
    { name: 'operations', path: '/operations' },
    { name: 'security-staff', path: '/security' },
    { name: 'not-found', path: '/office/nothing-here' },
  ])
}

async function makeAccount(page: Page): Promise<void> {
  await page.getByLabel('First name').fill('Nina')
  await page.getByLabel('Family name').fill('Newcomer')
  await page.getByLabel('Login').fill('nina.newcomer')
  await page.getByRole('button', { name: 'Make the account' }).click()
  await page.locator('.vv-code').waitFor()
}

async function takeOthers({ demo, origin, round }: Stage): Promise<void> {
  await round(demo.account('host@example.org'), [
    { name: 'host', path: '/desk' },
    { name: 'host-hours', path: '/desk/hours' },
  ])
  await round(demo.account('auditor@example.org'), [
    { name: 'audit', path: '/audit' },
    {
      name: 'audit-entry',
      path: '/audit',
      prepare: async (page) => {
        await page.getByRole('row').getByRole('link').first().click()
        await page.getByRole('heading', { name: /^Entry/ }).waitFor()
        await page.locator('.vv-audit__text').waitFor()
      },
    },
    { name: 'audit-none', path: '/audit?action=nothing.such' },
  ])
  await round(demo.account('operatoradmin@example.org'), [
    { name: 'operator', path: '/operations' },
    { name: 'app', path: '/security/app' },
    {
      name: 'app-codes',
      path: '/security',
      prepare: async (page) => {
        await setUpApp(page)
        await page.goto(`${origin}/security`)
      },
    },
  ])
}
