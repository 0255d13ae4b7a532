import { loadavg } from 'node:os'
import { findingIn } from '../../web-client/call/src/advice-rules.ts'
import { brightnessOf } from '../../web-client/call/src/brightness.ts'
import { DARK_BELOW } from '../../web-client/call/src/source-rules.ts'
import { openBrowser } from '../support/browser.ts'
import { pixelsOf } from '../support/drawn-picture.ts'
import { openFacePage } from '../support/face-page/face-page.ts'
import type { FacePage } from '../support/face-page/face-page.ts'
import { quantile, readable } from '../support/statistics.ts'
import { detectorScenes } from './detector-scenes.ts'
import type { Expected, GroupedScene } from './detector-scenes.ts'

/**
 * What the detectors say of drawn scenes, one look each, through the worker that the clients have. Drawings and
 * not people: see docs/benchmarks.md for what that means.
 */

type Result = Pick<GroupedScene, 'expected' | 'groups'> & {
  readonly said: Expected
  readonly costMs: number
}

const [loadBefore = 0] = loadavg()
const results = await lookAtAll(detectorScenes())
for (const [group, of] of byGroup(results)) console.log(group.padEnd(22), inWords(of))
console.log(JSON.stringify(summaryOf(results)))

async function lookAtAll(scenes: readonly GroupedScene[]): Promise<Result[]> {
  const browser = await openBrowser(null)
  try {
    const page = await openFacePage(browser)
    // The first look also waits for the engine to be compiled.
    for (const each of scenes.slice(0, 1)) await lookAt(page, each)
    const results: Result[] = []
    for (const each of scenes) results.push(await lookAt(page, each))
    await page.close()
    return results
  } finally {
    await browser.close()
  }
}

async function lookAt(page: FacePage, { scene, expected, groups }: GroupedScene): Promise<Result> {
  const picture = await pixelsOf(scene)
  const { faces, costMs } = await page.look(picture)
  const isDark = brightnessOf(new Uint8ClampedArray(picture.data)) < DARK_BELOW
  const said = isDark ? 'DARK' : (findingIn(faces, 1)?.finding ?? null)
  return { expected, groups, said, costMs }
}

function byGroup(all: readonly Result[]): [string, Result[]][] {
  const groups = [...new Set(all.flatMap((result) => result.groups))]
  return groups.map((group) => [group, all.filter((result) => result.groups.includes(group))])
}

/** Said nothing where there was something, or something where there was nothing, or the wrong thing. */
function countsOf(all: readonly Result[]) {
  return {
    scenes: all.length,
    missed: all.filter(({ expected, said }) => expected !== null && said === null).length,
    falseAlarms: all.filter(({ expected, said }) => expected === null && said !== null).length,
    mistaken: all.filter(
      ({ expected, said }) => expected !== null && said !== null && said !== expected,
    ).length,
  }
}

function inWords(of: readonly Result[]): string {
  const { scenes, missed, falseAlarms, mistaken } = countsOf(of)
  const said = of
    .filter((result) => result.said !== result.expected)
    .map((result) => result.said ?? 'nothing')
  return `${scenes} scenes: ${missed} missed, ${falseAlarms} false alarms, ${mistaken} mistaken ${[...new Set(said)].join()}`
}

function summaryOf(all: readonly Result[]) {
  const costs = all.map(({ costMs }) => costMs)
  const kinds = ['NONE', 'MORE', 'EDGE', 'DARK', null] as const
  return {
    bench: 'detectors',
    of: 'drawings, not people',
    ...countsOf(all),
    byExpected: Object.fromEntries(
      kinds.map((kind) => [
        kind ?? 'nothing',
        countsOf(all.filter(({ expected }) => expected === kind)),
      ]),
    ),
    falseAlarmsByKind: Object.fromEntries(
      kinds.flatMap((kind) =>
        kind === null
          ? []
          : [[kind, all.filter(({ expected, said }) => expected === null && said === kind).length]],
      ),
    ),
    byGroup: Object.fromEntries(byGroup(all).map(([group, of]) => [group, countsOf(of)])),
    costMs: { p50: readable(quantile(costs, 0.5)), p95: readable(quantile(costs, 0.95)) },
    loadBefore: readable(loadBefore),
  }
}
