import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Database } from '@visavis/prisma'
import { insertAccount } from '@visavis/prisma/seed'
import { makeClip } from '../media/rtp-clip.ts'
import type { ClipLook } from '../media/rtp-clip.ts'
import { openBrowser, openPage } from '../support/browser.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { openPlanting, plantingKeys } from '../support/planted-recordings.ts'
import type { Planting } from '../support/planted-recordings.ts'
import { aSignIn } from '../support/sign-in.ts'
import { startStack } from '../support/stack.ts'
import { quantile, readable } from '../support/statistics.ts'
import { measureFirstBytes } from './review-reads.ts'
import { measureSeeks } from './review-seeks.ts'
import type { MeasuredSeek } from './review-seeks.ts'

/**
 * How long a reviewer waits: for the first byte of a range while sixteen look for other places each second,
 * and in Chromium from a seek to both pictures. The whole product, and a recording of two at 720p. See
 * docs/benchmarks.md.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    reviewers: { type: 'string', default: '16' },
    reads: { type: 'string', default: '15' },
    seeks: { type: 'string', default: '30' },
  },
})
const reviewers = Number(values.reviewers)
const [loadBefore = 0] = loadavg()

const CLIP_MS = 10_000
const DAY_MS = 86_400_000
/** As cameras are asked for key frames, and about what a browser sends of 720p at rest. */
const aLook = (name: string, toneHz: number): ClipLook => ({
  ...{ name, bitrate: '1200k', keyEvery: 100 },
  picture: ['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=25'],
  sound: ['-f', 'lavfi', '-i', `aevalsrc='0.3*sin(2*PI*${toneHz}*t)':s=48000`],
})

const folder = await mkdtemp(join(tmpdir(), 'visavis-bench-review-'))
const keys = plantingKeys(folder)
const stack = await startStack(keys)
const demo = await openDemo(stack)
const planting = await openPlanting(stack, keys)
try {
  console.log(`writing a recording of ${values.minutes} minutes …`)
  const visitId = await aLongVisit(planting, demo)
  const cookies = await Promise.all(
    Array.from({ length: reviewers }, () => aReviewer(demo.db, demo.visit.facilityId)),
  )
  const firstByte = await measureFirstBytes({
    ...{ origin: stack.origin, visitId, cookies, seeks: Number(values.reads) },
  })
  console.log(`first byte of ${firstByte.length} ranges measured; now seeks in Chromium …`)
  const seeks = await inChromium(visitId)
  console.log(
    JSON.stringify({
      bench: 'review',
      firstByteMs: spread(firstByte),
      seekMs: spread(seeks.map(({ frame }) => frame)),
      pictureMs: spread(seeks.map(({ picture }) => picture)),
      enteredMs: spread(seeks.map(({ entered }) => entered)),
      seekFirstByteMs: spread(seeks.flatMap(({ firstByte }) => firstByte ?? [])),
      ...{ reviewers, ranges: firstByte.length, seeks: seeks.length },
      ...{ minutes: Number(values.minutes), loadBefore: readable(loadBefore) },
    }),
  )
} finally {
  await planting.close()
  await demo.close()
  await stack.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)

async function aLongVisit({ plant }: Planting, { visit }: Demo): Promise<string> {
  const { facilityId, terminalId, inmateId, visitorId } = visit
  const clips = {
    VISITOR: await makeClip(folder, CLIP_MS / 1_000, aLook('visitor', 400)),
    INMATE: await makeClip(folder, CLIP_MS / 1_000, aLook('inmate', 300)),
    clipMs: CLIP_MS,
  }
  const planted = await plant({
    ...{ facilityId, terminalId, inmateId, visitorIds: [visitorId], clips },
    startsAt: new Date(Date.now() - DAY_MS),
    lengthMs: Number(values.minutes) * 60_000,
    destroyAfter: new Date(Date.now() + 60 * DAY_MS),
  })
  return planted.visitId
}

async function aReviewer(db: Database, facilityId: string): Promise<string> {
  const { accountId } = await insertAccount(db, { role: 'investigator', facilityId })
  return aSignIn(db, accountId)
}

async function inChromium(visitId: string): Promise<MeasuredSeek[]> {
  const browser = await openBrowser(null)
  try {
    const { page, context } = await openPage(browser)
    const [name = '', value = ''] = (await aReviewer(demo.db, demo.visit.facilityId)).split('=')
    await context.addCookies([{ name, value, url: stack.origin }])
    return await measureSeeks(page, { origin: stack.origin, visitId, seeks: Number(values.seeks) })
  } finally {
    await browser.close()
  }
}

function spread(times: readonly number[]) {
  return { p50: readable(quantile(times, 0.5)), p95: readable(quantile(times, 0.95)) }
}
