import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE, KNOWN_VISITOR } from '../support/known-media.ts'
import { perceive, waitToHear, waitToSee } from '../support/page-probes.ts'
import { receivedBy } from '../support/page-rtc.ts'
import { startStack } from '../support/stack.ts'
import { skipAfterFailure } from '../support/steps.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import {
  REMOTE_PICTURE,
  endVisit,
  firstSightMs,
  timeLeftMs,
  timeTalkedMs,
  verifyAllOnScreen,
  waitForVisit,
} from './pages/call-page.ts'
import { verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { openNewestRecording, playFromStart, playableMs, trackOf } from './pages/recordings-page.ts'
import { enrolTerminal, goToVisit } from './pages/terminal-journey.ts'
import { goToWaitingRoom, signIn } from './pages/visitor-journey.ts'
import {
  admit,
  checkIdentity,
  focusPicture,
  focusVisit,
  leaveFocus,
  openWall,
  tileOf,
  tilePicture,
} from './pages/wall-page.ts'

/** How much a recorded track may go beyond the visit, or differ from what is played. */
const RECORDING_TOLERANCE_MS = 500
/** Its last frame may be so much older than the end: nothing else of what was seen is missing. */
const LAST_FRAME_MS = 100
/** Both pages show whole seconds of the same clock. */
const CLOCK_TOLERANCE_MS = 1_000
/** Long enough for a recording that a person would call one. */
const TALK_MS = 8_000

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let cast: Cast
/** The tests are the steps of one visit: after one that failed the others would only wait in vain. */

skipAfterFailure()
beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  cast = cleanUp.later(await openCast(), ({ close }) => close())
})
afterAll(cleanUp.run)

const names = () => ({
  visitor: firstWord(demo.visit.visitorName),
  inmate: firstWord(demo.visit.inmateName),
})
const sessionNow = () =>
  demo.db.visitSession.findUniqueOrThrow({ where: { visitId: demo.visit.visitId } })

describe('one whole visit, until somebody is admitted', () => {
  it('[TR-5] the terminal is enrolled by its one-time code, and the inmate goes in by PIN', async () => {
    await enrolTerminal(cast.terminal, { origin: stack.origin, code: demo.enrolmentCode ?? '' })
    await goToVisit(cast.terminal, demo.inmatePin)
    await cast.terminal.getByText(`We are waiting for ${names().visitor}`).waitFor()
  })

  it('[BK-6] [OV-3] the visitor sees the visit by both clocks and what is watched, and waits', async () => {
    const { visitor } = cast
    await signIn(visitor, { origin: stack.origin, ...demo.visitor })
    await visitor
      .getByRole('heading', { name: `Visit with ${names().inmate}` })
      .first()
      .waitFor()
    const card = visitor.locator('article', { hasText: 'Join the visit' })
    await card.getByText(startingAt(demo.visit.visitorTime)).waitFor()
    await card.getByText(startingAt(demo.visit.facilityTime)).waitFor()
    await card.getByText('where the facility is (Krasnoyarsk Time)').waitFor()
    await goToWaitingRoom(visitor)
    await visitor.getByText('Staff may watch and listen to this visit.').waitFor()
    await visitor.getByText('This visit is recorded.').waitFor()
    await visitor.getByText('An officer will check your identity').waitFor()
  })

  it('[LV-3] until somebody is admitted, nobody receives anything of anybody', async () => {
    await openWall(cast.officer, { origin: stack.origin, ...demo.staff('officer') })
    await cast.officer.locator(tileOf(demo.visit.visitId)).waitFor()
    for (const page of [cast.visitor, cast.terminal, cast.officer]) {
      expect(await receivedBy(page)).toEqual({ packets: 0, bytes: 0, framesDecoded: 0 })
    }
    for (const page of [cast.visitor, cast.terminal]) {
      expect(await page.locator(REMOTE_PICTURE).count()).toBe(0)
    }
  })

  it('[LV-3] during the check the officer sees the visitor, and the inmate still nothing', async () => {
    const { officer, terminal, visitor } = cast
    await focusVisit(officer, demo.visit.visitId)
    await checkIdentity(officer)
    await waitToSee(officer, focusPicture(names().visitor), KNOWN_VISITOR)
    await waitToHear(officer, focusPicture(names().visitor), KNOWN_VISITOR)
    await visitor.getByText('An officer sees you now').waitFor()
    for (const page of [terminal, visitor]) {
      expect(await receivedBy(page)).toEqual({ packets: 0, bytes: 0, framesDecoded: 0 })
      expect(await page.locator(REMOTE_PICTURE).count()).toBe(0)
    }
  })
})

describe('the visit itself', () => {
  it('[LV-1] each side sees and hears the other, and only the other', async () => {
    await admit(cast.officer)
    await Promise.all([waitForVisit(cast.visitor), waitForVisit(cast.terminal)])
    await waitToSee(cast.terminal, REMOTE_PICTURE, KNOWN_VISITOR)
    await waitToHear(cast.terminal, REMOTE_PICTURE, KNOWN_VISITOR)
    await waitToSee(cast.visitor, REMOTE_PICTURE, KNOWN_INMATE)
    await waitToHear(cast.visitor, REMOTE_PICTURE, KNOWN_INMATE)
    for (const page of [cast.visitor, cast.terminal]) {
      expect(await page.locator(REMOTE_PICTURE).count()).toBe(1)
      await verifyAllOnScreen(page)
      await verifyAccessible(page)
    }
  })

  it('[OV-4] the officer sees both small, and hears them only while the visit is chosen', async () => {
    const { officer } = cast
    const { visitor, inmate } = names()
    await waitToHear(officer, focusPicture(inmate), KNOWN_INMATE)
    await leaveFocus(officer)
    for (const [name, person] of [
      [visitor, KNOWN_VISITOR],
      [inmate, KNOWN_INMATE],
    ] as const) {
      const picture = tilePicture(demo.visit.visitId, name)
      await waitToSee(officer, picture, person)
      await until(
        async () => ((await perceive(officer, picture)).toneHz === null ? true : null),
        'silence',
      )
    }
    await focusVisit(officer, demo.visit.visitId)
    await waitToHear(officer, focusPicture(visitor), KNOWN_VISITOR)
  })

  it('[OV-9] who calls for help is told that it was seen, and the other side nothing of it', async () => {
    const { visitor, terminal, officer } = cast
    await visitor.getByRole('button', { name: 'I need help' }).click()
    await visitor.getByRole('button', { name: 'I hear nothing' }).click()
    await officer.getByText(`${demo.visit.visitorName} hears nothing`).waitFor()
    await officer.locator(tileOf(demo.visit.visitId)).getByText('Help called').waitFor()
    await officer.getByRole('button', { name: 'I saw it' }).click()
    await visitor.getByText('Your call was seen.').waitFor()
    expect(await terminal.getByText('was seen').count()).toBe(0)
    for (const page of [visitor, officer]) await verifyAccessible(page)
    await visitor.getByRole('button', { name: 'All right' }).click()
    await visitor.getByText('Your call was seen.').waitFor({ state: 'detached' })
  })

  it('[LV-5] the clock counts, and shows both sides the same', async () => {
    const start = await timeLeftMs(cast.visitor)
    await until(async () => ((await timeLeftMs(cast.visitor)) < start ? true : null), 'a second')
    // One after the other, for a busy machine may take seconds to read one: the second lies in between.
    const earlier = await timeLeftMs(cast.visitor)
    const inmates = await timeLeftMs(cast.terminal)
    const later = await timeLeftMs(cast.visitor)
    expect(inmates).toBeLessThanOrEqual(earlier + CLOCK_TOLERANCE_MS)
    expect(inmates).toBeGreaterThanOrEqual(later - CLOCK_TOLERANCE_MS)
  })

  it('[LV-6] [LV-7] ended by one side, it shows both how it came out and how long they talked', async () => {
    const booked = demo.visit.endsAt.getTime() - demo.visit.startsAt.getTime()
    await until(
      async () => (booked - (await timeLeftMs(cast.visitor)) > TALK_MS ? true : null),
      'some talk',
    )
    await endVisit(cast.terminal)
    await verifyOnPage(cast.terminal, 'The visit is over')
    await verifyOnPage(cast.visitor, 'Your visit is over')
    const { state, outcome } = await sessionNow()
    expect({ state, outcome }).toEqual({ state: 'ENDED', outcome: 'INMATE_EARLY' })
    const { visitId } = demo.visit
    const { deliveredMs } = await demo.db.visitReceipt.findUniqueOrThrow({ where: { visitId } })
    expect(deliveredMs).toBeGreaterThan(TALK_MS)
    for (const page of [cast.visitor, cast.terminal]) {
      expect(Math.abs((await timeTalkedMs(page)) - deliveredMs)).toBeLessThanOrEqual(
        CLOCK_TOLERANCE_MS,
      )
    }
  })
})

describe('afterwards', () => {
  it('[RC-2] the recording holds picture and sound of both for the whole of the visit', async () => {
    const { tracks } = await finishedRecording()
    const { seenMsOf, visitMs } = await lengths()
    expect(tracks.map(({ party, kind }) => `${party} ${kind}`).sort()).toEqual([
      'INMATE audio',
      'INMATE video',
      'VISITOR audio',
      'VISITOR video',
    ])
    for (const { party, kind, durationMs } of tracks) {
      const seenMs = seenMsOf[party]
      const what = `${party} ${kind}, with ${seenMs} ms seen of ${visitMs} ms`
      expect(durationMs, what).toBeGreaterThanOrEqual(seenMs - LAST_FRAME_MS)
      expect(durationMs, what).toBeLessThanOrEqual(visitMs + RECORDING_TOLERANCE_MS)
    }
  })

  it('[RC-5] an investigator states a purpose, and then sees and hears each person', async () => {
    const page = await cast.another()
    await signIn(page, { origin: stack.origin, ...demo.staff('investigator') })
    await openNewestRecording(page, { purpose: 'Complaint by the visitor', caseNumber: 'T-1' })
    const { tracks } = await finishedRecording()
    for (const { party, kind, durationMs } of tracks) {
      const playable = await playableMs(page, trackOf(sideOf(party), kind))
      expect(Math.abs(playable - durationMs)).toBeLessThanOrEqual(RECORDING_TOLERANCE_MS)
    }
    for (const [party, person] of [
      ['VISITOR', KNOWN_VISITOR],
      ['INMATE', KNOWN_INMATE],
    ] as const) {
      await playFromStart(page)
      await waitToSee(page, trackOf(sideOf(party), 'video'), person)
      await playFromStart(page)
      await waitToHear(page, trackOf(sideOf(party), 'audio'), person)
    }
  })

  it('[TR-1] the log says who looked before the first byte was read', async () => {
    const entries = await demo.db.auditEntry.findMany({
      where: { visitId: demo.visit.visitId, action: { in: ['recording.play', 'recording.read'] } },
      orderBy: { seq: 'asc' },
    })
    expect(entries[0]?.action).toBe('recording.play')
    expect(
      entries.filter(({ action }) => action === 'recording.read').length,
    ).toBeGreaterThanOrEqual(4)
  })

  it('nothing went wrong in any page unseen', () => {
    expect(cast.faults()).toEqual([])
  })
})

async function finishedRecording() {
  const { visitId } = demo.visit
  return until(
    () =>
      demo.db.recording.findFirst({
        where: { visitId, state: 'FINISHED' },
        include: { tracks: true },
      }),
    'the recording to be finished',
  )
}

/**
 * How long the visit was by the audit log, and how long each side was seen in it by the other. The tap stands
 * before anything flows: what was seen is in the recording, however slow the machine was to begin with both.
 */
async function lengths() {
  const atOf = async (action: string) => {
    const where = { visitId: demo.visit.visitId, action }
    return (await demo.db.auditEntry.findFirstOrThrow({ where })).ts.getTime()
  }
  const [startMs, endMs] = [await atOf('visit.start'), await atOf('visit.end')]
  const seenBy = async (page: Page) => Math.round(endMs - (await firstSightMs(page)))
  const seenMsOf = { VISITOR: await seenBy(cast.terminal), INMATE: await seenBy(cast.visitor) }
  return { visitMs: endMs - startMs, seenMsOf }
}

function sideOf(party: 'VISITOR' | 'INMATE'): 'Visitor' | 'Inmate' {
  return party === 'VISITOR' ? 'Visitor' : 'Inmate'
}

function firstWord(text: string): string {
  return text.split(' ')[0] ?? text
}

/** The start of a range at `2026-11-22 19:05 Europe/Moscow` as an English page writes it: `19:05–`. */
function startingAt(seeded: string): RegExp {
  const [, hours = '', minutes = ''] = / (\d\d):(\d\d) /.exec(seeded) ?? []
  return new RegExp(`\\b${hours}:${minutes}\\s?–`)
}
