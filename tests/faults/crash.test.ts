import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scanFile } from '@visavis/recordings/journal/journal-scan'
import { JOURNAL_FILE } from '@visavis/recordings/recording-folders'
import { endVisit } from '../e2e/pages/call-page.ts'
import { verifyOnPage } from '../e2e/pages/page-object.ts'
import { tileOf } from '../e2e/pages/wall-page.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { framesWatched, watchFrames } from '../support/page-rtc.ts'
import type { Watched } from '../support/page-rtc.ts'
import { crashAndReplace, openWorkerPid } from '../support/stack-faults.ts'
import { HAS_LOOPBACK_RANGE } from '../support/network/party-network.ts'
import { skipAfterFailure } from '../support/steps.ts'
import { until } from '../support/until.ts'
import { runFault } from './fault-run.ts'
import { bothSeeAndHear, bringAlive, openFaultScene } from './fault-scene.ts'
import type { FaultScene } from './fault-scene.ts'
import { shortened } from './faults.ts'

/** A still that lasts longer than this is no hiccup of a busy machine but media that were cut. */
const LONGEST_STILL_MS = 2_000
/** RC-2: what a recorder that dies may take with it. */
const LOST_AT_MOST_MS = 2_000
/** A visit that is over within this, and processes that are started again. */
const SLOW_MS = 240_000

/** `npm run faults` takes its time and measures; here each is as short as it can be and still be one. */
const BRIEFLY = [
  { name: 'black-hole', what: 'a network in which everything gets lost', lastsMs: 4_000 },
  { name: 'address-change', what: 'a change of network', lastsMs: 0 },
  { name: 'database-gone', what: 'a database that is away', lastsMs: 3_500 },
]

const cleanUp = createCleanUp()
let scene: FaultScene
let stack: FaultScene['stack']
let demo: FaultScene['demo']
let cast: FaultScene['cast']
/** One visit goes through it all: after one test that failed the others would only wait in vain. */

skipAfterFailure()
beforeAll(async () => {
  scene = cleanUp.later(await openFaultScene(), ({ close }) => close())
  ;({ stack, demo, cast } = scene)
  await bringAlive(scene)
}, SLOW_MS)
afterAll(cleanUp.run)

describe.skipIf(!HAS_LOOPBACK_RANGE)('a visit under way', { timeout: SLOW_MS }, () => {
  it('[LV-8] is not disturbed by a server that is killed, and its clock goes on', async () => {
    await Promise.all(parties().map(watchFrames))
    const before = (await sessionNow()).deliveredMs
    await crashAndReplace(stack, 'server')
    await linkIsBack()
    await until(async () => ((await sessionNow()).deliveredMs > before ? true : null), 'the clock')
    const watched = await Promise.all(parties().map(framesWatched))
    report('server', watched)
    for (const { frames, longestGapMs } of watched) {
      expect(frames).toBeGreaterThan(0)
      expect(longestGapMs).toBeLessThanOrEqual(LONGEST_STILL_MS)
    }
    expect(await sessionNow()).toMatchObject({ state: 'LIVE', epoch: 1 })
  })

  it('[LV-8] has its media again after a media worker was killed, without a click', async () => {
    await recordingsAre(['OPEN'])
    await Promise.all(parties().map(watchFrames))
    process.kill(await openWorkerPid(stack), 'SIGKILL')
    await until(async () => ((await sessionNow()).epoch === 2 ? true : null), 'the next epoch')
    await bothSeeAndHear(scene)
    report('media worker', await Promise.all(parties().map(framesWatched)))
    await recordingsAre(['FINISHED', 'OPEN'])
  })

  it('[RC-2] [RC-3] goes on while its recorder is killed, and is recorded anew', async () => {
    const recording = await latestRecording()
    const { startedAt } = recording
    await until(() => (Date.now() - startedAt.getTime() > LOST_AT_MOST_MS ? true : null), 'packets')
    await Promise.all(parties().map(watchFrames))
    const killedAtMs = Date.now()
    await crashAndReplace(stack, 'recorder')
    await recordingsAre(['FINISHED', 'FINISHED', 'OPEN'])
    const watched = await Promise.all(parties().map(framesWatched))
    report('recorder', watched)
    for (const { longestGapMs } of watched)
      expect(longestGapMs).toBeLessThanOrEqual(LONGEST_STILL_MS)
    const lostMs = killedAtMs - lastKeptMs(recording)
    console.info(`recorder killed: ${Math.round(lostMs)} ms of the recording lost`)
    expect(lostMs).toBeLessThanOrEqual(LOST_AT_MOST_MS)
    expect(await sessionNow()).toMatchObject({ state: 'LIVE', epoch: 2 })
  })

  it.each(BRIEFLY)(
    '[LV-8] $what ends in media again without a click',
    async ({ name, lastsMs }) => {
      const run = await runFault(shortened(name, lastsMs), scene)
      console.info(`${name}: ${JSON.stringify(run)}`)
      expect(run.hasRecovered).toBe(true)
      await bothSeeAndHear(scene)
      expect(await sessionNow()).toMatchObject({ state: 'LIVE', epoch: 2 })
    },
  )

  it('[LV-7] ends like any other after all that', async () => {
    await endVisit(cast.visitor)
    await verifyOnPage(cast.visitor, 'Your visit is over')
    await verifyOnPage(cast.terminal, 'The visit is over')
    expect(await sessionNow()).toMatchObject({ state: 'ENDED', outcome: 'VISITOR_EARLY' })
    await recordingsAre(['FINISHED', 'FINISHED', 'FINISHED'])
    expect(cast.faults()).toEqual([])
  })
})

const parties = () => [cast.visitor, cast.terminal]
const sessionNow = () =>
  demo.db.visitSession.findUniqueOrThrow({ where: { visitId: demo.visit.visitId } })

/** No page says any longer that the line is down, and the officer has the visit again. */
async function linkIsBack(): Promise<void> {
  for (const page of parties()) {
    await page.getByText('We are bringing it back').waitFor({ state: 'detached' })
  }
  await cast.officer.locator(tileOf(demo.visit.visitId)).waitFor()
  await cast.officer.getByText('Connection lost').waitFor({ state: 'detached' })
}

const recordingsNow = () =>
  demo.db.recording.findMany({
    where: { visitId: demo.visit.visitId },
    orderBy: { startedAt: 'asc' },
    include: { tracks: true },
  })

async function recordingsAre(states: readonly string[]): Promise<void> {
  await until(
    async () =>
      (await recordingsNow()).map(({ state }) => state).join() === states.join() ? true : null,
    `recordings ${states.join()}`,
  )
}

async function latestRecording() {
  const latest = (await recordingsNow()).at(-1)
  if (!latest) throw new Error('the visit has no recording')
  return latest
}

/** When the last record arrived that the recorder's journal holds, in Unix ms; no key is needed to tell. */
function lastKeptMs({ folder }: { folder: string }): number {
  const scan = scanFile(join(stack.recordingsDir, folder, JOURNAL_FILE))
  return Date.parse(scan?.header.wallStart ?? '') + (scan?.frames.at(-1)?.toMs ?? 0)
}

/** Figures for people; a machine that is busy with something else makes them worse. */
function report(killed: string, watched: readonly Watched[]): void {
  const still = Math.round(Math.max(...watched.map(({ longestGapMs }) => longestGapMs)))
  console.info(`${killed} killed: longest still ${still} ms`)
}
