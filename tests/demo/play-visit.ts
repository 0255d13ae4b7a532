import { join, relative } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { expect } from 'vitest'
import { REMOTE_PICTURE, endVisit, waitForVisit } from '../e2e/pages/call-page.ts'
import { verifyOnPage } from '../e2e/pages/page-object.ts'
import { openNewestRecording, playFromStart, trackOf } from '../e2e/pages/recordings-page.ts'
import { enrolTerminal, goToVisit } from '../e2e/pages/terminal-journey.ts'
import { goToWaitingRoom, signIn } from '../e2e/pages/visitor-journey.ts'
import { admit, checkIdentity, focusPicture, focusVisit, openWall } from '../e2e/pages/wall-page.ts'
import type { Cast } from '../support/cast.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE, KNOWN_VISITOR } from '../support/known-media.ts'
import { waitToHear, waitToSee } from '../support/page-probes.ts'
import { receivedBy } from '../support/page-rtc.ts'
import { openScene } from '../support/scene.ts'
import { until } from '../support/until.ts'
import { createNarrator } from './narrator.ts'

/** Plays one whole visit with people who do not exist, on a system of its own, and tells what happens. */

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, '.visavis/demo')
/** Long enough to look at in a window and to be worth a recording. */
const TALK_MS = 10_000

const { values } = parseArgs({ options: { headed: { type: 'boolean', default: false } } })
const isHeaded = values.headed && Boolean(process.env['DISPLAY'])
if (values.headed && !isHeaded) console.log('There is no DISPLAY, so no windows are shown.')

const { step, show } = createNarrator(FOLDER)
const scene = await step('Server, media node, recorder, database and three browsers start', () =>
  openScene({ isHeaded }),
)
const { stack, demo, cast } = scene
const visitor = firstWord(demo.visit.visitorName)
const inmate = firstWord(demo.visit.inmateName)
try {
  await play(cast, demo)
  await playRecording(cast, demo)
  console.log(`What the pages looked like is in ${relative(process.cwd(), FOLDER) || '.'}`)
} finally {
  await scene.close()
}

async function play(cast: Cast, demo: Demo): Promise<void> {
  await gather(cast, demo)
  await checkAndAdmit(cast, demo)
  await talk(cast)
  await step(`${inmate} ends the visit; both are told how it came out`, async () => {
    await endVisit(cast.terminal)
    await verifyOnPage(cast.terminal, 'The visit is over')
    await verifyOnPage(cast.visitor, 'Your visit is over')
  })
  await show(cast.visitor, 'visitor-ended')
  await show(cast.terminal, 'terminal-ended')
}

async function gather({ terminal, visitor: page, officer }: Cast, demo: Demo): Promise<void> {
  const { origin } = stack
  await step('A device becomes a terminal by its one-time code', () =>
    enrolTerminal(terminal, { origin, code: demo.enrolmentCode ?? '' }),
  )
  await show(terminal, 'terminal')
  await step(`${inmate} enters the PIN, checks the camera and waits for ${visitor}`, () =>
    goToVisit(terminal, demo.inmatePin),
  )
  await show(terminal, 'terminal-waits')
  await step(
    `${visitor} signs in at home, checks the camera and goes to the waiting room`,
    async () => {
      await signIn(page, { origin, ...demo.visitor })
      await goToWaitingRoom(page)
    },
  )
  await show(page, 'visitor-waits')
  await step('An officer opens the wall', () =>
    openWall(officer, { origin, ...demo.staff('officer') }),
  )
  await show(officer, 'wall')
}

async function checkAndAdmit({ officer }: Cast, demo: Demo): Promise<void> {
  await step(`The officer sees ${visitor} and checks who it is`, async () => {
    await focusVisit(officer, demo.visit.visitId)
    await checkIdentity(officer)
    await waitToSee(officer, focusPicture(visitor), KNOWN_VISITOR)
  })
  await show(officer, 'officer-checks')
  await step(`Until then ${inmate}'s terminal has received not one packet`, async () => {
    expect((await receivedBy(cast.terminal)).packets).toBe(0)
  })
  await step(`The officer admits ${visitor}, and the visit begins`, async () => {
    await admit(officer)
    await Promise.all([waitForVisit(cast.visitor), waitForVisit(cast.terminal)])
  })
}

async function talk({ visitor: page, terminal, officer }: Cast): Promise<void> {
  await step(`${visitor} sees and hears ${inmate}`, async () => {
    await waitToSee(page, REMOTE_PICTURE, KNOWN_INMATE)
    await waitToHear(page, REMOTE_PICTURE, KNOWN_INMATE)
  })
  await step(`${inmate} sees and hears ${visitor}`, async () => {
    await waitToSee(terminal, REMOTE_PICTURE, KNOWN_VISITOR)
    await waitToHear(terminal, REMOTE_PICTURE, KNOWN_VISITOR)
  })
  await show(page, 'visitor-in-visit')
  await show(terminal, 'terminal-in-visit')
  await show(officer, 'officer-watches')
  await step('They talk', () => pause(TALK_MS))
}

async function playRecording(cast: Cast, { db, visit, staff }: Demo): Promise<void> {
  const { visitId } = visit
  await step('The recording is finished: a playable file for each voice and picture', () =>
    until(() => db.recording.findFirst({ where: { visitId, state: 'FINISHED' } }), 'the recording'),
  )
  const page = await cast.another()
  await step('An investigator states why, which is logged before anything is shown', async () => {
    await signIn(page, { origin: stack.origin, ...staff('investigator') })
    await openNewestRecording(page, { purpose: 'Demonstration', caseNumber: 'D-1' })
  })
  await step('The recording plays, and shows both', async () => {
    await playFromStart(page)
    await waitToSee(page, trackOf('Visitor', 'video'), KNOWN_VISITOR)
    await waitToSee(page, trackOf('Inmate', 'video'), KNOWN_INMATE)
  })
  await show(page, 'recording')
}

function firstWord(text: string): string {
  return text.split(' ')[0] ?? text
}
