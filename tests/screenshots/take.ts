import type { Page } from 'playwright-core'
import { join } from 'node:path'
import { REMOTE_PICTURE, endVisit } from '../e2e/pages/call-page.ts'
import { verifyOnPage } from '../e2e/pages/page-object.ts'
import { openNewestRecording, playFromStart, trackOf } from '../e2e/pages/recordings-page.ts'
import { enrolTerminal, goToPin, goToVisit } from '../e2e/pages/terminal-journey.ts'
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
import { createCamera } from './camera.ts'
import { PORTRAIT_INMATE, PORTRAIT_VISITOR } from './portraits.ts'

/**
 * Plays one visit and takes the documents' pictures; with a folder as argument also every page in all
 * sizes and languages, to be looked at. Wants the environment of the tests.
 */

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
  await goToVisit(terminal, inmatePin)
  await take({ page: terminal, name: 'terminal-lobby' })
}

async function visitorUntilLobby(demo: Demo): Promise<void> {
  await openSignIn(visitor, origin)
  await take({ page: visitor, name: 'family-sign-in' })
  await submitSignIn(visitor, demo.visitor)
  await verifyOnPage(visitor, 'Your visits')
  await take({ page: visitor, name: 'family-visits', isForDocuments: true })
  await goToCheck(visitor)
  await visitor.getByRole('link', { name: 'Go to the waiting room' }).waitFor()
  await take({ page: visitor, name: 'family-check' })
  await visitor.getByRole('link', { name: 'Go to the waiting room' }).click()
  await verifyOnPage(visitor, 'Waiting room')
  await take({ page: visitor, name: 'family-lobby' })
}

async function checkAndTalk(demo: Demo): Promise<void> {
  await openWall(officer, { origin, ...demo.staff('officer') })
  await focusVisit(officer, demo.visit.visitId)
  await checkIdentity(officer)
  await waitForPicture(officer, focusPicture(firstWord(demo.visit.visitorName)))
  await take({ page: officer, name: 'wall-check' })
  await officer.getByRole('button', { name: 'Admit', exact: true }).click()
  await bothSee()
  await take({ page: visitor, name: 'family-call', isForDocuments: true, onlyIn: 'en' })
  await take({ page: terminal, name: 'terminal-call', isForDocuments: true, onlyIn: 'en' })
  await waitForPicture(officer, focusPicture(firstWord(demo.visit.inmateName)))
  await take({ page: officer, name: 'wall', isForDocuments: true })
}

async function afterwards({ db, visit, staff }: Demo): Promise<void> {
  await endVisit(visitor)
  await verifyOnPage(visitor, 'Your visit is over')
  await verifyOnPage(terminal, 'The visit is over')
  await take({ page: terminal, name: 'terminal-ended' })
  await take({ page: visitor, name: 'family-ended' })
  const { visitId } = visit
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

/** A call has no language switch: it is in the language of the waiting room. */
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
  await take({ page: visitor, name: 'family-call', onlyIn: 'ru' })
  await take({ page: terminal, name: 'terminal-call', onlyIn: 'ru' })
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
