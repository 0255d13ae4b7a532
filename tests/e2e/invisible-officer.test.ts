import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gather, letIn, openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { essenceOf, missingNumbers, recordEvents } from '../support/event-stream.ts'
import type { StreamedEvent } from '../support/event-stream.ts'
import { KNOWN_INMATE, KNOWN_VISITOR } from '../support/known-media.ts'
import { waitToHear, waitToSee } from '../support/page-probes.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { REMOTE_PICTURE, endVisit, timeLeftMs } from './pages/call-page.ts'
import { verifyOnPage } from './pages/page-object.ts'
import { goToVisit } from './pages/terminal-journey.ts'
import { goToWaitingRoom } from './pages/visitor-journey.ts'
import { focusPicture, focusVisit, openWall } from './pages/wall-page.ts'

/** Both visits go on at least so long, so that both have every kind of tick. */
const TALK_MS = 3_000
/** Two whole visits, one after the other, on a busy machine. */
const TWO_VISITS_MS = 300_000

const cleanUp = createCleanUp()
let stack: Stack
let cast: Cast
beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  cast = cleanUp.later(await openCast(), ({ close }) => close())
})
afterAll(cleanUp.run)

describe('[OV-3] an officer who watches and listens', () => {
  it(
    'leaves not one byte in what the parties are told',
    async () => {
      const unwatched = await aVisit({ isWatched: false })
      await goBack()
      const watched = await aVisit({ isWatched: true })
      expect(watched).toEqual(unwatched)
      expect(watched.missing).toEqual([])
      expect(watched.end.join()).toContain('"state":"ENDED"')
      for (const told of [watched.visitor, watched.inmate]) {
        expect(Object.keys(told)).toContain('visit:changed')
        expect(Object.keys(told)).toContain('consumer:created')
      }
    },
    TWO_VISITS_MS,
  )
})

/** One visit from the waiting room to its end, and what each party's page was told. */
async function aVisit({ isWatched }: { isWatched: boolean }) {
  const demo = await openDemo(stack)
  const visitor = recordEvents(cast.visitor)
  const inmate = recordEvents(cast.terminal)
  await (demo.enrolmentCode ? gather({ stack, demo, cast }) : gatherAgain(demo))
  await letIn({ demo, cast })
  await waitToSee(cast.visitor, REMOTE_PICTURE, KNOWN_INMATE)
  if (isWatched) await watch(await cast.another(), demo)
  await until(async () => ((await talkedMs(demo)) >= TALK_MS ? true : null), 'some talk')
  const told = { visitor: essenceOf(visitor()), inmate: essenceOf(inmate()) }
  const missing = [visitor, inmate].flatMap((events) => missingNumbers(events()))
  await endVisit(cast.visitor)
  await verifyOnPage(cast.visitor, 'Your visit is over')
  await verifyOnPage(cast.terminal, 'The visit is over')
  await demo.close()
  return { ...told, missing, end: [visitor, inmate].map((events) => lastViewOf(events())) }
}

/** The pages hang up when they read that it is over: what else was on its way to them then is chance. */
function lastViewOf(events: readonly StreamedEvent[]): string | undefined {
  return events.findLast(({ name }) => name === 'visit:changed')?.bytes
}

async function goBack(): Promise<void> {
  await cast.terminal.getByRole('button', { name: 'Done' }).click()
  await cast.visitor.getByRole('link', { name: 'Back to your visits' }).click()
}

/** The same people on the same devices, for the next visit; the officer has stayed at the wall. */
async function gatherAgain({ inmatePin }: Demo): Promise<void> {
  await goToVisit(cast.terminal, inmatePin)
  await goToWaitingRoom(cast.visitor)
}

/** A second officer comes, sees the visitor and hears them. */
async function watch(page: Page, { visit, staff }: Demo): Promise<void> {
  await openWall(page, { origin: stack.origin, ...staff('officer') })
  await focusVisit(page, visit.visitId)
  const [givenName = ''] = visit.visitorName.split(' ')
  await waitToSee(page, focusPicture(givenName), KNOWN_VISITOR)
  await waitToHear(page, focusPicture(givenName), KNOWN_VISITOR)
}

async function talkedMs({ visit }: Demo): Promise<number> {
  const bookedMs = visit.endsAt.getTime() - visit.startsAt.getTime()
  return bookedMs - (await timeLeftMs(cast.visitor))
}
