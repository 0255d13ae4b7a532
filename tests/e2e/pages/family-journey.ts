import type { Page } from 'playwright-core'
import { PATIENCE_MS, verifyOnPage } from './page-object.ts'

/** A relative before there is an account; the birth date as it is typed. */
export type NewVisitor = {
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: readonly [day: string, month: string, year: string]
  readonly email: string
  readonly password: string
}

/** Whom the relative asks for. */
export type SoughtPerson = Pick<NewVisitor, 'givenName' | 'familyName' | 'birthDate'> & {
  readonly facilityName: string
  readonly inmateNumber: string
}

/** From the sign-in page to "look into your mail", question by question. */
export async function register(page: Page, visitor: NewVisitor): Promise<void> {
  await page.getByRole('link', { name: 'Register as a visitor' }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'What is your name?')
  await page.getByLabel('First name').fill(visitor.givenName)
  await page.getByLabel('Family name').fill(visitor.familyName)
  await goOn(page)
  await verifyOnPage(page, 'When were you born?')
  await typeDate(page, visitor.birthDate)
  await goOn(page)
  await verifyOnPage(page, 'How can we reach you?')
  await page.getByLabel('E-mail').fill(visitor.email)
  await goOn(page)
  await verifyOnPage(page, 'Choose a password')
  await page.getByLabel('Password', { exact: true }).fill(visitor.password)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await verifyOnPage(page, 'Look into your mail')
}

/** Follows the link of the mail to the ready account. */
export async function confirmRegistration(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await verifyOnPage(page, 'Finish your registration')
  await page.getByRole('button', { name: 'Finish' }).click()
  await verifyOnPage(page, 'Your account is ready')
  await page.getByRole('link', { name: 'Go to signing in' }).click()
  await verifyOnPage(page, 'Sign in')
}

/** Sends the two pictures that are needed and hands them in. */
export async function sendDocuments(page: Page, picture: Buffer): Promise<void> {
  await page.getByRole('link', { name: 'Your details' }).first().click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Your details')
  await sendPicture(
    page,
    { of: 'Front of the document', title: 'Picture of your document' },
    picture,
  )
  await sendPicture(page, { of: 'Picture of your face', title: 'Picture of your face' }, picture)
  await page.getByRole('button', { name: 'Hand the pictures in' }).click({ timeout: PATIENCE_MS })
  await page.getByText('Your pictures are being looked at').waitFor({ timeout: PATIENCE_MS })
}

async function sendPicture(
  page: Page,
  { of, title }: { of: string; title: string },
  buffer: Buffer,
): Promise<void> {
  await page.getByRole('link', { name: of }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, title)
  const file = { name: 'picture.jpg', mimeType: 'image/jpeg', buffer }
  await page.getByLabel('Choose a file').setInputFiles(file)
  await page.getByRole('button', { name: 'Use this picture' }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Your details')
}

/** Asks for permission to meet somebody. */
export async function askFor(page: Page, person: SoughtPerson): Promise<void> {
  await page.getByRole('link', { name: 'Whom you visit' }).first().click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Whom you visit')
  await page.getByRole('link', { name: 'Ask to meet somebody' }).click()
  await verifyOnPage(page, 'At which facility?')
  await page.getByRole('button', { name: person.facilityName }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'What is their number?')
  await page.getByLabel('Personal number').fill(person.inmateNumber)
  await goOn(page)
  await verifyOnPage(page, 'What is their name?')
  await page.getByLabel('First name').fill(person.givenName)
  await page.getByLabel('Family name').fill(person.familyName)
  await goOn(page)
  await verifyOnPage(page, 'When were they born?')
  await typeDate(page, person.birthDate)
  await goOn(page)
  await verifyOnPage(page, 'Who are you to them?')
  await page.getByRole('button', { name: 'Friend' }).click()
  await verifyOnPage(page, 'Check and send')
  await page.getByRole('button', { name: 'Send the request' }).click()
  await verifyOnPage(page, 'Your request is sent')
}

async function typeDate(page: Page, [day, month, year]: NewVisitor['birthDate']): Promise<void> {
  await page.getByLabel('Day').fill(day)
  await page.getByLabel('Month').fill(month)
  await page.getByLabel('Year').fill(year)
}

async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click()
}
