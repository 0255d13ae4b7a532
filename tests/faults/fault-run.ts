import { courseOf, isAsGood, isSteady, isWatched, pictureOf } from '../support/media-course.ts'
import type { Picture } from '../support/media-course.ts'
import { looksSince } from '../support/media-watch.ts'
import type { Look } from '../support/media-watch.ts'
import { until } from '../support/until.ts'
import { sidesOf } from './fault-scene.ts'
import type { FaultScene } from './fault-scene.ts'
import { strike, unixMs } from './faults.ts'
import type { Fault } from './faults.ts'

/** What one stroke did, as both pages together have seen it: always the worse of the two. */
export type FaultRun = {
  /** Picture and sound were there again on both sides, for good. */
  readonly hasRecovered: boolean
  /** Until then, from the end of the fault; 0 if they were never away. */
  readonly mediaMs: number
  /** Until no page spoke of a lost line, likewise. */
  readonly linkMs: number
  /** From the begin of the fault on, without a new picture or without sound. */
  readonly longestGapMs: number
  readonly longestSilenceMs: number
  /** How much of the time the voice was heard while the fault lasted, 0–1; null: it did not last. */
  readonly heardShare: number | null
  /** The worse of both pictures shortly before, while it lasted, and when all was well again. */
  readonly picture: { readonly before: Picture; readonly during: Picture; readonly after: Picture }
}

/** What is not back by then never will be. */
const PATIENCE_MS = 90_000
/** How wide the known people's cameras are, in pixels. */
const SENT_WIDTH = 640
/** Media that were not away for so long are back, and stay. */
const STEADY_MS = 3_000

/** Lets the fault happen and waits until media are back on both sides; nobody touches the pages. */
export async function runFault(fault: Fault, scene: FaultScene): Promise<FaultRun> {
  if (fault.aims.picture) await untilAtItsBest(scene)
  const before = await looksOf(scene, unixMs() - STEADY_MS)
  const { beganAtMs, endedAtMs } = await strike(fault, scene)
  const pictureBefore = pictureOf(before)
  const isBack = (looks: readonly Look[][], nowMs: number): boolean =>
    looks.every((ofPage) => isSteady(ofPage, { fromMs: nowMs - STEADY_MS, toMs: nowMs })) &&
    (fault.aims.picture === undefined || isAsGood(pictureOf(looks), pictureBefore))
  const isBackNow = async () => {
    const nowMs = unixMs()
    // What was before the fault says nothing about after it.
    if (nowMs - endedAtMs < STEADY_MS) return null
    return isBack(await looksOf(scene, nowMs - STEADY_MS), nowMs) ? true : null
  }
  const hasRecovered = await until(isBackNow, 'media', PATIENCE_MS).catch(() => false)
  const looks = await looksOf(scene, beganAtMs)
  const meanwhile = looks.map((ofPage) => ofPage.filter(({ atMs }) => atMs < endedAtMs))
  return {
    hasRecovered,
    ...timesOf(looks, { beganAtMs, endedAtMs, toMs: unixMs() }),
    heardShare: heardShareOf(meanwhile, { beganAtMs, endedAtMs }),
    picture: {
      before: pictureBefore,
      during: pictureOf(meanwhile.map(secondHalf)),
      after: pictureOf(await looksOf(scene, unixMs() - STEADY_MS)),
    },
  }
}

/** A call begins small and grows: only a picture at its best can be seen to get worse. */
async function untilAtItsBest(scene: FaultScene): Promise<void> {
  const isAtItsBest = async () => {
    const toMs = unixMs()
    const stretch = { fromMs: toMs - STEADY_MS, toMs }
    const looks = await looksOf(scene, stretch.fromMs)
    return (isWatched(looks, stretch) && pictureOf(looks).width >= SENT_WIDTH) || null
  }
  // On a machine that is too busy for it the browser keeps the picture small by itself.
  await until(isAtItsBest, 'the best picture', PATIENCE_MS).catch(() => null)
}

type Moments = { readonly beganAtMs: number; readonly endedAtMs: number }

function looksOf(scene: FaultScene, sinceMs: number): Promise<Look[][]> {
  return Promise.all(sidesOf(scene).map(({ page }) => looksSince(page, sinceMs)))
}

function timesOf(
  looks: readonly Look[][],
  { beganAtMs, endedAtMs, toMs }: Moments & { readonly toMs: number },
): Pick<FaultRun, 'mediaMs' | 'linkMs' | 'longestGapMs' | 'longestSilenceMs'> {
  const courses = looks.map((ofPage) => courseOf(ofPage, { fromMs: beganAtMs, toMs }))
  const since = (moments: readonly (number | null)[]): number =>
    Math.max(0, ...moments.map((atMs) => (atMs === null ? 0 : atMs - endedAtMs)))
  return {
    mediaMs: since(courses.map(({ backAtMs }) => backAtMs)),
    linkMs: since(courses.map(({ warnedUntilMs }) => warnedUntilMs)),
    longestSilenceMs: Math.max(...courses.map(({ longestSilenceMs }) => longestSilenceMs)),
    longestGapMs: Math.max(
      ...courses.flatMap(({ longestStillMs, longestSilenceMs }) => [
        longestStillMs,
        longestSilenceMs,
      ]),
    ),
  }
}

function heardShareOf(looks: readonly Look[][], { beganAtMs, endedAtMs }: Moments): number | null {
  if (endedAtMs - beganAtMs < STEADY_MS) return null
  const stretch = { fromMs: beganAtMs, toMs: endedAtMs }
  return Math.min(...looks.map((ofPage) => courseOf(ofPage, stretch).heardShare))
}

/** A line that got worse takes a while to show. */
function secondHalf(looks: readonly Look[]): Look[] {
  return looks.slice(Math.floor(looks.length / 2))
}
