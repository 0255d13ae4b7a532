import { insertVisit } from '@visavis/prisma/seed'
import type { DemoAccount } from '@visavis/prisma/seed'
import type { Page } from 'playwright-core'
import { join } from 'node:path'
import { REMOTE_PICTURE, endVisit } from '../e2e/pages/call-page.ts'
import { PATIENCE_MS, verifyOnPage } from '../e2e/pages/page-object.ts'
import { openNewestRecording, playFromStart, trackOf } from '../e2e/pages/recordings-page.ts'
import { enrolTerminal, goToPin, goToReadyCheck, goToVisit } from '../e2e/pages/terminal-journey.ts'
import {
  chooseLanguage,
  goToCheck,
  openSignIn,
  submitSignIn,
} from '../e2e/pages/visitor-journey.ts'
import { goToWaitingRoom, signIn } from '../e2e/pages/visitor-journey.ts'
import { checkIdentity, focusPicture, focusVisit, openWall } from '../e2e/pages/wall-page.ts'
import { letIn, openCast } from '../support/cast.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { perceive } from '../support/page-probes.ts'
import { startStack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { createCamera } from './support/camera.ts'
import { takeInterventions } from './support/interventions-round.ts'
import { PORTRAIT_INMATE, PORTRAIT_VISITOR } from './portraits.ts'

/**
 * Plays one visit and takes the documents' pictures; with a folder as argument also every page in all
 * sizes and languages, to be looked at. Wants the environment of the tests.
 */

const MINUTE_MS = 60_000
const CALL_WORDS = {
  en: {
    help: 'I need help',
    need: 'I hear nothing',
    line: 'Your connection',
    done: 'It works now',
  },
  ru: { help: 'Нужна помощь', need: 'Я ничего не слышу', line: 'Ваша связь', done: 'Уже работает' },
} as const

const [reviewFolder] = process.argv.slice(2)
const take = createCamera(join(import.meta.dirname, '../../docs/screenshots'), reviewFolder)
const stack = await startStack()
const { origin } = stack
const cast = await openCast({ visitor: PORTRAIT_VISITOR, inmate: PORTRAIT_INMATE })
const { visitor, terminal, officer } = cast
try {
  const demo = await openDemo(stack)
  await terminalUntilLobby(demo)
  await visitorUntilLobby(demo)
  if (reviewFolder !== undefined) await othersCome(demo)
  await checkAndTalk(demo)
  await afterwards(demo)
  await demo.close()
  if (reviewFolder !== undefined) await callInRussian()
} finally {
  await cast.close()
  await stack.stop()
}

async function terminalUntilLobby({ enrolmentCode, inmatePin }: Demo): Promise<void> {
  await terminal.goto(`${origin}/terminal/`)
  await verifyOnPage(terminal, 'Set up this terminal')
  await take({ page: terminal, name: 'terminal-enrol' })
  await enrolTerminal(terminal, { origin, code: enrolmentCode ?? '' })
  await take({ page: terminal, name: 'terminal-start', isForDocuments: true })
  await goToPin(terminal)
  await take({ page: terminal, name: 'terminal-pin', isForDocuments: true })
  await terminal.getByRole('button', { name: 'Back' }).click()
  await goToReadyCheck(terminal, inmatePin)
  await waitForPicture(terminal, '.vv-two__picture video')
  await take({ page: terminal, name: 'terminal-ready' })
  if (reviewFolder !== undefined) await testDevice(terminal, 'terminal-ready-tested')
  await terminal.getByRole('button', { name: 'I am ready' }).click()
  await verifyOnPage(terminal, /^Visit with /)
  await take({ page: terminal, name: 'terminal-lobby' })
}

/** The whole test of devices and network, once on each side: its course, its question and its light. */
async function testDevice(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Start the test' }).click()
  await page.getByRole('button', { name: 'Yes, I heard them' }).waitFor()
  await take({ page, name: `${name}-question` })
  await page.getByRole('button', { name: 'Yes, I heard them' }).click()
  await page.getByRole('button', { name: 'Test again' }).waitFor({ timeout: PATIENCE_MS })
  await take({ page, name })
}

async function visitorUntilLobby(demo: Demo): Promise<void> {
  await openSignIn(visitor, origin)
  await take({ page: visitor, name: 'family-sign-in' })
  await submitSignIn(visitor, demo.visitor)
  await verifyOnPage(visitor, 'Your visits')
  await take({ page: visitor, name: 'family-visits', isForDocuments: true })
  if (reviewFolder !== undefined) await tryAtHome(demo)
  await goToCheck(visitor)
  await visitor.getByRole('link', { name: 'Go to the waiting room' }).waitFor()
  await take({ page: visitor, name: 'family-check' })
  await visitor.getByRole('link', { name: 'Go to the waiting room' }).click()
  await verifyOnPage(visitor, 'Waiting room')
  await take({ page: visitor, name: 'family-lobby' })
  if (reviewFolder === undefined) return
  await visitor.getByRole('button', { name: 'I need help' }).click()
  await visitor.getByRole('button', { name: 'I hear nothing' }).waitFor()
  await take({ page: visitor, name: 'family-help', onlyIn: 'en' })
  await visitor.getByRole('button', { name: 'Something else' }).click()
  await visitor.getByRole('button', { name: 'It works now' }).waitFor()
  await take({ page: visitor, name: 'family-lobby-helped' })
  await visitor.getByRole('button', { name: 'It works now' }).click()
}

async function tryAtHome({ visit }: Demo): Promise<void> {
  await visitor.goto(`${origin}/visits/${visit.visitId}/try`)
  await verifyOnPage(visitor, 'Try your device')
  await waitForPicture(visitor, '.vv-own-devices__picture video')
  await take({ page: visitor, name: 'family-try' })
  await testDevice(visitor, 'family-try-tested')
  await visitor.getByRole('link', { name: 'Back to your visits' }).click()
}

/** Two more visits for the wall: one whose visitor waits for a check, and one nobody has come to. */
async function othersCome({ db, visit, account }: Demo): Promise<void> {
  const { facilityId } = visit
  const pairs = [
    { inmateNumber: 'K-1002', login: 'galina.orlova@example.org', terminal: 'Terminal 2' },
    { inmateNumber: 'K-1003', login: 'aliya.akhmetova@example.org', terminal: 'Terminal 3' },
  ]
  for (const { inmateNumber, login, terminal: name } of pairs) {
    const { inmateId } = await db.inmate.findFirstOrThrow({ where: { inmateNumber } })
    const { terminalId } = await db.terminal.findFirstOrThrow({ where: { facilityId, name } })
    const { visitorId = '' } = account(login).scope
    const { visit: stored } = await insertVisit(db, {
      ...{ facilityId, inmateId, terminalId, visitorIds: [visitorId] },
      startsAt: new Date(Date.now() - MINUTE_MS),
    })
    if (inmateNumber !== 'K-1002') continue
    const page = await cast.another()
    await signIn(page, { origin, ...account(login) })
    await verifyOnPage(page, 'Your visits')
    await page.goto(`${origin}/visits/${stored.visitId}`)
    await verifyOnPage(page, 'Waiting room')
  }
}

async function checkAndTalk(demo: Demo): Promise<void> {
  await openWall(officer, { origin, ...demo.staff('officer') })
  await focusVisit(officer, demo.visit.visitId)
  await checkIdentity(officer)
  await waitForPicture(officer, focusPicture(firstWord(demo.visit.visitorName)))
  await take({ page: officer, name: 'wall-check' })
  await officer.getByRole('button', { name: 'Admit', exact: true }).click()
  await bothSee()
  await takeCall('en')
  await waitForPicture(officer, focusPicture(firstWord(demo.visit.inmateName)))
  await take({ page: officer, name: 'wall', isForDocuments: true })
  if (reviewFolder !== undefined) await takeInterventions({ officer, visitor, terminal, take })
}

/** The call on both sides, what is behind its bars, and its help; a call has no language switch. */
async function takeCall(onlyIn: 'en' | 'ru'): Promise<void> {
  const isForDocuments = onlyIn === 'en'
  const words = CALL_WORDS[onlyIn]
  for (const [page, side] of [
    [visitor, 'family'],
    [terminal, 'terminal'],
  ] as const) {
    await take({ page, name: `${side}-call`, isForDocuments, onlyIn })
    if (reviewFolder === undefined) continue
    await page.getByText(words.line).click()
    await take({ page, name: `${side}-call-line`, onlyIn })
    await page.getByText(words.line).click()
    await page.getByRole('button', { name: words.help }).click()
    await page.getByRole('button', { name: words.need }).waitFor()
    await take({ page, name: `${side}-call-help`, onlyIn })
    await page.getByRole('button', { name: words.need }).click()
    await page.getByRole('button', { name: words.done }).waitFor()
    await take({ page, name: `${side}-call-helped`, onlyIn })
    if (side === 'family') await takeHelpAtWall(onlyIn)
    await page.getByRole('button', { name: words.done }).click()
  }
}

async function takeHelpAtWall(language: 'en' | 'ru'): Promise<void> {
  if (language === 'ru') return
  await officer.getByRole('button', { name: 'I saw it' }).waitFor()
  await take({ page: officer, name: 'wall-help' })
}

async function afterwards({ db, visit, staff }: Demo): Promise<void> {
  await endVisit(visitor)
  await verifyOnPage(visitor, 'Your visit is over')
  await verifyOnPage(terminal, 'The visit is over')
  await take({ page: terminal, name: 'terminal-ended' })
  await take({ page: visitor, name: 'family-ended' })
  const { visitId } = visit
  if (reviewFolder !== undefined) await takeReceipts(visitId, staff('scheduler'))
  await until(
    () => db.recording.findFirst({ where: { visitId, state: 'FINISHED' } }),
    'the recording',
  )
  const investigator = await cast.another()
  await signIn(investigator, { origin, ...staff('investigator') })
  await verifyOnPage(investigator, 'Recordings')
  await take({ page: investigator, name: 'recordings' })
  await openNewestRecording(investigator, {
    purpose: 'Complaint by the visitor',
    caseNumber: 'D-1',
  })
  await playFromStart(investigator)
  await waitForPicture(investigator, trackOf('Visitor', 'video'))
  await take({ page: investigator, name: 'recording-player', isForDocuments: true })
  const admin = await cast.another()
  await signIn(admin, { origin, ...staff('facilityAdmin') })
  await admin.getByRole('link', { name: 'Terminals' }).click()
  await verifyOnPage(admin, 'Terminals')
  await admin
    .getByRole('button', { name: /^Make a code/ })
    .first()
    .click()
  await take({ page: admin, name: 'terminals' })
}

/** The paper of the visit, as the family and as the office reads it. */
async function takeReceipts(visitId: string, scheduler: DemoAccount): Promise<void> {
  const office = await cast.another()
  await signIn(office, { origin, ...scheduler })
  await office.getByRole('button', { name: 'Sign out' }).waitFor()
  for (const [page, side] of [
    [visitor, 'family'],
    [office, 'office'],
  ] as const) {
    const back = page.url()
    await page.goto(`${origin}/receipt/${visitId}`)
    await page.locator('.vv-plot').waitFor()
    await take({ page, name: `${side}-receipt` })
    await page.goto(back)
  }
}

/** A call is in the language of the waiting room. */
async function callInRussian(): Promise<void> {
  const demo = await openDemo(stack)
  // After half a minute the terminal is at its start by itself.
  await terminal
    .getByRole('button', { name: 'Done' })
    .or(terminal.getByRole('button', { name: 'Start' }))
    .click()
  if (await terminal.getByRole('heading', { name: 'Enter your PIN' }).isVisible()) {
    await terminal.getByRole('button', { name: 'Back' }).click()
  }
  await goToVisit(terminal, demo.inmatePin)
  await visitor.getByRole('link', { name: 'Back to your visits' }).click()
  await goToWaitingRoom(visitor)
  for (const page of [visitor, terminal]) await chooseLanguage(page, 'Русский')
  await letIn({ demo, cast })
  await bothSee()
  await takeCall('ru')
  await demo.close()
}

async function bothSee(): Promise<void> {
  await waitForPicture(visitor, REMOTE_PICTURE)
  await waitForPicture(terminal, REMOTE_PICTURE)
}

function firstWord(text: string): string {
  return text.split(' ')[0] ?? text
}

/** Waits until a picture is drawn. */
async function waitForPicture(page: Page, selector: string): Promise<void> {
  await until(async () => (await perceive(page, selector)).colour, 'a picture')
}
