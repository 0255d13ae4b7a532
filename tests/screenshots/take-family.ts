import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { addPasskey } from '../e2e/pages/security-page.ts'
import { openSignIn } from '../e2e/pages/visitor-journey.ts'
import { addAuthenticator } from '../support/virtual-authenticator.ts'
import { anEndedPrivilegedVisit } from '../e2e/pages/certificate-page.ts'
import { onStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

/** Takes pictures of all pages of a family outside of the visit itself, and of whoever is not signed in. */

const [folder = join(tmpdir(), 'visavis-family'), only] = process.argv.slice(2)

await onStage({ folder }, async (stage) => {
  const parts: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
    public: takePublic,
    booking: takeBooking,
    profile: takeProfile,
    security: takeSecurity,
    failed: takeFailed,
  }
  for (const [name, part] of Object.entries(parts)) {
    if (only === undefined || only === name) await part(stage)
  }
})

async function goTo(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('.vv-progress').first().waitFor({ state: 'detached' })
}

async function takePublic({ origin, newPage, take }: Stage): Promise<void> {
  const page = await newPage()
  await openSignIn(page, origin)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await take({ page, name: 'sign-in-empty' })
  await page.getByLabel('Login').fill('nobody@example.org')
  await page.getByLabel('Password', { exact: true }).fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').first().waitFor()
  await take({ page, name: 'sign-in-wrong' })
  for (const [name, path] of [
    ['sign-in-code', '/sign-in/code'],
    ['recovery', '/recovery'],
    ['room', '/room'],
    ['register', '/register'],
  ] as const) {
    await goTo(page, `${origin}${path}`)
    await take({ page, name })
  }
  await page.getByLabel('First name').fill('Vera')
  await page.getByLabel('Family name').fill('Exemplova')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('alert').first().waitFor()
  await take({ page, name: 'register-birth-date' })
  for (const [label, value] of [
    ['Day', '3'],
    ['Month', '1'],
    ['Year', '1950'],
  ] as const) {
    await page.getByLabel(label).fill(value)
  }
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('E-mail').fill('vera.exemplova@example.org')
  await take({ page, name: 'register-contact' })
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Password', { exact: true }).fill('a sentence')
  await take({ page, name: 'register-password' })
  await page.getByLabel('Password', { exact: true }).fill('a sentence that is remembered')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await take({ page, name: 'register-sent' })
  await goTo(page, `${origin}/recovery`)
  await page.getByLabel('Your e-mail address').fill('vera.exemplova@example.org')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Code from the e-mail').waitFor()
  await take({ page, name: 'recovery-code' })
}

async function takeBooking({ demo, round }: Stage): Promise<void> {
  const choose = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'At home' }).click()
    await page.getByRole('heading', { name: 'Which day?' }).waitFor()
    await page.locator('.vv-day--free').first().waitFor()
  }
  const chooseDay = async (page: Page): Promise<void> => {
    await page.locator('.vv-day--free').nth(1).click()
    await page.locator('.vv-choice').first().waitFor()
  }
  await round(demo.visitor, [
    { name: 'visits', path: '/visits' },
    { name: 'book-place', path: '/book' },
    { name: 'book-day', path: '/book', prepare: choose },
    { name: 'book-time', path: '/book/day', prepare: chooseDay },
    {
      name: 'book-check',
      path: '/book/day',
      prepare: async (page) => {
        await chooseDay(page)
        await page.locator('.vv-choice').first().click()
        await page.getByText('The place is kept for you for').waitFor()
      },
    },
    {
      name: 'book-done',
      path: '/book/check',
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Book this visit' }).click()
        await page.getByText('Your visit is booked').waitFor()
      },
    },
    { name: 'visits-booked', path: '/visits' },
    {
      name: 'cancel',
      path: '/visits',
      prepare: (page) => page.getByRole('link', { name: 'Cancel', exact: true }).first().click(),
    },
    {
      name: 'move',
      path: '/visits',
      prepare: (page) =>
        page
          .getByRole('link', { name: /^Move|another time/ })
          .first()
          .click(),
    },
    { name: 'why', path: '/book/why' },
  ])
}

async function takeProfile({ demo, round }: Stage): Promise<void> {
  const visitId = await anEndedPrivilegedVisit(demo)
  const picture = await sharp({
    create: { width: 1200, height: 800, channels: 3, background: 'teal' },
  })
    .jpeg()
    .toBuffer()
  await round(demo.visitor, [
    { name: 'certificate', path: `/receipt/${visitId}` },
    { name: 'people', path: '/people' },
    { name: 'ask-facility', path: '/people/ask' },
    { name: 'profile', path: '/profile' },
    { name: 'profile-identity', path: '/profile/identity' },
    { name: 'profile-contact', path: '/profile/contact' },
    { name: 'profile-children', path: '/profile/children' },
    {
      name: 'profile-child-new',
      path: '/profile/children/new',
      prepare: (page) => page.locator('form button[type="submit"]').click(),
    },
    { name: 'recorded-empty', path: '/recorded' },
  ])
  await round(demo.account('polina.egorova@example.org'), [
    { name: 'book-nobody', path: '/book' },
    { name: 'people-child', path: '/people' },
    { name: 'profile-child', path: '/profile/children' },
  ])
  await round(demo.account('nina.belova@example.org'), [
    { name: 'visits-empty', path: '/visits' },
    { name: 'book-not-yet', path: '/book' },
    { name: 'profile-submitted', path: '/profile' },
    {
      name: 'profile-picture',
      path: '/profile/documents/photo',
      prepare: async (page) => {
        const file = { name: 'picture.jpg', mimeType: 'image/jpeg', buffer: picture }
        await page.getByLabel('Choose a file').setInputFiles(file)
        await page.getByRole('button', { name: 'Use this picture' }).waitFor()
      },
    },
  ])
}

async function takeSecurity({ demo, round, origin }: Stage): Promise<void> {
  await round(demo.account('galina.orlova@example.org'), [
    {
      name: 'security',
      path: '/security',
      prepare: async (page) => {
        await addAuthenticator(page)
        await addPasskey(page, 'Galina’s phone')
        await goTo(page, `${origin}/security`)
      },
    },
    { name: 'security-passkey', path: '/security/passkey' },
    { name: 'security-password', path: '/security/password' },
    { name: 'security-app', path: '/security/app' },
    { name: 'security-email', path: '/security/email' },
  ])
}

async function takeFailed({ demo, round, origin }: Stage): Promise<void> {
  await round(demo.visitor, [
    {
      name: 'people-failed',
      path: '/people',
      prepare: async (page) => {
        await page.route('**/api/my/**', (route) => route.abort())
        await page.goto(`${origin}/people`)
        await page.getByRole('button', { name: 'Try again' }).waitFor()
      },
    },
  ])
}
