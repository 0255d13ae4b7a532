import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser, openPage } from '../support/browser.ts'
import { openDemo } from '../support/demo.ts'
import { startStack } from '../support/stack.ts'
import { createCamera } from './support/camera.ts'
import { goRound } from './support/gallery.ts'
import type { Stop } from './support/gallery.ts'

/** Takes pictures of the pages of a facility's own oversight, in every size and language, to be looked at. */

const [folder = join(tmpdir(), 'visavis-oversight')] = process.argv.slice(2)
const take = createCamera(join(import.meta.dirname, '../../docs/screenshots'), folder)

const ADMIN: readonly Stop[] = [
  { name: 'settings', path: '/office/settings' },
  {
    name: 'settings-form',
    path: '/office/settings',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Change: Watching' }).click()
      await page.getByLabel('A pause asks the officer again after, in minutes').fill('61')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'ready-texts', path: '/office/ready-texts' },
  { name: 'officers', path: '/office/officers' },
  { name: 'watching', path: '/office/watching' },
  {
    name: 'shift',
    path: '/office/shift',
    prepare: async (page) => {
      await page.getByLabel('Time', { exact: true }).selectOption('last8')
      await page.getByText('Open tasks by kind').click()
    },
  },
]
const OFFICER: readonly Stop[] = [
  { name: 'day', path: '/office/day' },
  { name: 'languages', path: '/account' },
]
const INVESTIGATOR: readonly Stop[] = [{ name: 'flags', path: '/flags' }]

const stack = await startStack()
const browser = await openBrowser(null)
try {
  const { origin } = stack
  const demo = await openDemo(stack)
  for (const [role, stops] of [
    ['facilityAdmin', ADMIN],
    ['officer', OFFICER],
    ['investigator', INVESTIGATOR],
  ] as const) {
    const { page } = await openPage(browser)
    await goRound({ page, origin, take, account: demo.staff(role), stops })
    await page.context().close()
  }
  await demo.close()
} finally {
  await browser.close()
  await stack.stop()
}
process.exit(0)
