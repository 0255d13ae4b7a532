import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stop } from './support/gallery.ts'
import { onStage } from './support/stage.ts'

/** Takes pictures of the pages of a facility's own oversight, in every size and language, to be looked at. */

const [folder = join(tmpdir(), 'visavis-oversight')] = process.argv.slice(2)

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

await onStage({ folder }, async ({ demo, round }) => {
  await round(demo.staff('facilityAdmin'), ADMIN)
  await round(demo.staff('officer'), OFFICER)
  await round(demo.staff('investigator'), INVESTIGATOR)
})
