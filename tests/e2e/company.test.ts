import { insertRelationship } from '@visavis/prisma/seed'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPhoto } from '../integration/people/support/pictures.ts'
import { openBrowser, openPage } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE, KNOWN_INTERPRETER, KNOWN_VISITOR } from '../support/known-media.ts'
import { waitToSee } from '../support/page-probes.ts'
import type { Stack } from '../support/stack.ts'
import { skipAfterFailure } from '../support/steps.ts'
import { until } from '../support/until.ts'
import {
  REMOTE_PICTURE,
  arrangementOf,
  largePicture,
  turnMicrophone,
  untilArranged,
  verifyAllOnScreen,
  waitForVisit,
} from './pages/call-page.ts'
import { companyOf, tickCompanion } from './pages/company-page.ts'
import { addInterpreter } from './pages/office-pages.ts'
import { verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { goToVisit } from './pages/terminal-journey.ts'
import { aVisitSoon, comeAsVisitor, everybodyAtHome } from './pages/visit-soon.ts'
import { signIn } from './pages/visitor-journey.ts'
import {
  admitPerson,
  checkPerson,
  comparedPictures,
  focusVisit,
  leaveFocus,
  personRow,
} from './pages/wall-page.ts'

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let cast: Cast

/** Two more who may visit, and somebody who interprets. */
const BESIDE = 'galina.orlova@example.org'
const APART = 'aliya.akhmetova@example.org'
const INTERPRETER = 'sergei.gromov@example.org'

/** Five browsers and two minutes: a journey for `LONG=1`. */
describe.skipIf(process.env['LONG'] !== '1')('several people and an interpreter', () => {
  skipAfterFailure()
  beforeAll(async () => {
    ;({ stack, demo, cast } = await everybodyAtHome(cleanUp))
  })
  afterAll(cleanUp.run)

  let visitId: string
  let apart: Page

  it('[LV-3] come by one camera and by several, and the page knows who may be at which', async () => {
    const { visitor } = cast
    visitId = await aVisitSoon(demo, { others: [await visitorOf(BESIDE), await visitorOf(APART)] })
    await Promise.all([fileFace(visitor), giveInterpreter()])
    await comeAsVisitor(visitor, { origin: stack.origin, visitId })
    expect(await companyOf(visitor)).toEqual(['Aliya', 'Galina', 'Sergei'])
    await tickCompanion(visitor, 'Galina')
    const ofInterpreter = cleanUp.later(await openBrowser(KNOWN_INTERPRETER), (each) =>
      each.close(),
    )
    ;[apart] = await Promise.all([
      comeFrom(visitor.context().browser(), APART),
      comeFrom(ofInterpreter, INTERPRETER),
    ])
    await until(
      async () => ((await companyOf(visitor)).join() === 'Galina' ? true : null),
      'the others to be at devices of their own',
    )
    await verifyAccessible(visitor)
  })

  it('[LV-3] the picture on file is beside the live one while an officer decides', async () => {
    const { officer } = cast
    await goToVisit(cast.terminal, demo.inmatePin)
    await focusVisit(officer, visitId)
    await checkPerson(officer, 'Anna')
    await waitToSee(officer, '.vv-compare video', KNOWN_VISITOR)
    // The photograph is teal, and nothing live is.
    expect(await comparedPictures(officer)).toEqual({ isFiledTeal: true, isBeside: true })
    await verifyAccessible(officer)
  })

  it('[LV-3] who is let in waits for the other one at the same camera, who is checked as well', async () => {
    const { officer, visitor, terminal } = cast
    await admitPerson(officer, 'Anna')
    await visitor.getByText('Somebody with you is still to be checked').waitFor()
    const beside = personRow(officer, 'Galina')
    await beside.getByText('At the camera of Anna Sokolova').waitFor()
    await checkPerson(officer, 'Galina')
    await beside.getByText('No picture on file').waitFor()
    await waitToSee(officer, '.vv-compare video', KNOWN_VISITOR)
    expect(await terminal.locator(REMOTE_PICTURE).count()).toBe(0)
    await admitPerson(officer, 'Galina')
    for (const name of ['Aliya', 'Sergei']) {
      await checkPerson(officer, name)
      await admitPerson(officer, name)
    }
    await Promise.all([waitForVisit(visitor), waitForVisit(terminal)])
    await leaveFocus(officer)
  })

  it('[LV-9] the interpreter and whoever speaks are large, the others small, on both sides', async () => {
    const { visitor, terminal } = cast
    await turnMicrophone(apart, 'off')
    await untilArranged(terminal, { large: ['Anna and Galina', 'Sergei'], small: ['Aliya'] })
    await untilArranged(visitor, { large: [inmateName(), 'Sergei'], small: ['Aliya'] })
    await waitToSee(terminal, largePicture('Anna and Galina'), KNOWN_VISITOR)
    await waitToSee(visitor, largePicture(inmateName()), KNOWN_INMATE)
    await turnMicrophone(visitor, 'off')
    await turnMicrophone(terminal, 'off')
    await turnMicrophone(apart, 'on')
    await untilArranged(terminal, { large: ['Aliya', 'Sergei'], small: ['Anna and Galina'] })
    await untilArranged(visitor, { large: ['Aliya', 'Sergei'], small: [inmateName()] })
    for (const page of [visitor, terminal]) {
      await waitToSee(page, largePicture('Sergei'), KNOWN_INTERPRETER)
      await waitToSee(page, largePicture('Aliya'), KNOWN_VISITOR)
      const { leastLarge, mostSmall } = await arrangementOf(page)
      expect(leastLarge).toBeGreaterThan(2 * mostSmall)
      await verifyAllOnScreen(page)
      await verifyAccessible(page)
    }
    await visitor.getByRole('button', { name: 'Sign language' }).click()
    await untilArranged(visitor, { large: ['Aliya', inmateName(), 'Sergei'], small: [] })
    expect(cast.faults()).toEqual([])
  })

  async function comeFrom(browser: Browser | null, login: string): Promise<Page> {
    if (browser === null) throw new Error('the page has no browser')
    const { page } = await openPage(browser)
    await signIn(page, { origin: stack.origin, ...demo.account(login) })
    await verifyOnPage(page, 'Your visits')
    await comeAsVisitor(page, { origin: stack.origin, visitId })
    return page
  }

  async function giveInterpreter(): Promise<void> {
    const page = await cast.another()
    const { origin } = stack
    await signIn(page, { origin, ...demo.staff('scheduler') })
    await addInterpreter(page, { origin, visitId, login: INTERPRETER, name: 'Sergei Gromov' })
    await page.close()
  }
})

const inmateName = (): string => demo.visit.inmateName.split(' ')[0] ?? ''

/** The visitor of that account, who may visit the demonstration's inmate as well. */
async function visitorOf(login: string): Promise<string> {
  const { visitorId = '' } = demo.account(login).scope
  await insertRelationship(demo.db, { visitorId, inmateId: demo.visit.inmateId })
  return visitorId
}

/** Hands in a photograph of one colour, before staff have seen who the visitor is. */
async function fileFace(page: Page): Promise<void> {
  const { visitorId } = demo.visit
  const { verifiedAt } = await demo.db.visitor.findUniqueOrThrow({ where: { visitorId } })
  const set = (data: { verification: 'MISSING' | 'VERIFIED'; verifiedAt: Date | null }) =>
    demo.db.visitor.update({ where: { visitorId }, data })
  await set({ verification: 'MISSING', verifiedAt: null })
  const answer = await page.request.put(`${stack.origin}/api/my/documents/PHOTO`, {
    data: await aPhoto(),
    headers: { 'content-type': 'image/jpeg' },
  })
  expect(answer.status()).toBe(200)
  await set({ verification: 'VERIFIED', verifiedAt })
}
