import { courseOf, isAsGood, isSteady, pictureOf } from '../support/media-course.ts'
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
  readonly longestGapMs: number
  /** How much of the time the voice was heard while the fault lasted, 0–1; null: it did not last. */
  readonly heardShare: number | null
  /** The worse of both pictures shortly before, while it lasted, and when all was well again. */
  readonly picture: { readonly before: Picture; readonly during: Picture; readonly after: Picture }
}

/** What is not back by then never will be. */
const PATIENCE_MS = 90_000
/** How long the pictures before and after are looked at. */
const COMPARED_MS = 3_000

/** Lets the fault happen and waits until media are back on both sides; nobody touches the pages. */
export async function runFault(fault: Fault, scene: FaultScene): Promise<FaultRun> {
  const before = await looksOf(scene, unixMs() - COMPARED_MS)
  const { beganAtMs, endedAtMs } = await strike(fault, scene)
  const pictureBefore = pictureOf(before)
  const isBack = (looks: readonly Look[][]): boolean =>
    looks.every((ofPage) => isSteady(ofPage, unixMs())) &&
    (fault.aims.picture === undefined || isAsGood(pictureOf(looks), pictureBefore))
  const hasRecovered = await until(
    async () => (isBack(await looksOf(scene, unixMs() - COMPARED_MS)) ? true : null),
    'media',
    PATIENCE_MS,
  ).catch(() => false)
  const looks = await looksOf(scene, beganAtMs)
  const meanwhile = looks.map((ofPage) => ofPage.filter(({ atMs }) => atMs < endedAtMs))
  return {
    hasRecovered,
    ...timesOf(looks, { beganAtMs, endedAtMs, toMs: unixMs() }),
    heardShare: heardShareOf(meanwhile, { beganAtMs, endedAtMs }),
    picture: {
      before: pictureBefore,
      during: pictureOf(meanwhile.map(secondHalf)),
      after: pictureOf(await looksOf(scene, unixMs() - COMPARED_MS)),
    },
  }
}

type Moments = { readonly beganAtMs: number; readonly endedAtMs: number }

function looksOf(scene: FaultScene, sinceMs: number): Promise<Look[][]> {
  return Promise.all(sidesOf(scene).map(({ page }) => looksSince(page, sinceMs)))
}

function timesOf(
  looks: readonly Look[][],
  { beganAtMs, endedAtMs, toMs }: Moments & { readonly toMs: number },
): Pick<FaultRun, 'mediaMs' | 'linkMs' | 'longestGapMs'> {
  const courses = looks.map((ofPage) => courseOf(ofPage, { fromMs: beganAtMs, toMs }))
  const since = (moments: readonly (number | null)[]): number =>
    Math.max(0, ...moments.map((atMs) => (atMs === null ? 0 : atMs - endedAtMs)))
  return {
    mediaMs: since(courses.map(({ backAtMs }) => backAtMs)),
    linkMs: since(courses.map(({ warnedUntilMs }) => warnedUntilMs)),
    longestGapMs: Math.max(
      ...courses.flatMap(({ longestStillMs, longestSilenceMs }) => [longestStillMs, longestSilenceMs]),
    ),
  }
}

function heardShareOf(
  looks: readonly Look[][],
  { beganAtMs, endedAtMs }: Moments,
): number | null {
  if (endedAtMs - beganAtMs < COMPARED_MS) return null
  const stretch = { fromMs: beganAtMs, toMs: endedAtMs }
  return Math.min(...looks.map((ofPage) => courseOf(ofPage, stretch).heardShare))
}

/** A line that got worse takes a while to show. */
function secondHalf(looks: readonly Look[]): Look[] {
  return looks.slice(Math.floor(looks.length / 2))
}
