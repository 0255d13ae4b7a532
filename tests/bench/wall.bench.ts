import { join } from 'node:path'
import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createDatabase } from '@visavis/prisma'
import type { Page } from 'playwright-core'
import { openBrowser, openPage } from '../support/browser.ts'
import { cpuMsOf } from '../support/process-cpu.ts'
import { withMachinePct } from '../support/process-memory.ts'
import { ownChildren, treeOf } from '../support/process-tree.ts'
import { startStack } from '../support/stack.ts'
import { readable } from '../support/statistics.ts'
import { until } from '../support/until.ts'
import { aWallPlace, officerCookie } from '../support/wall-visits.ts'
import { startChild } from './child.ts'
import type { WallOrder } from './wall-generator.ts'
import { countFetches, receivedBetween, wallFigures } from './wall-page-figures.ts'

/**
 * What a wall takes of the officer's machine and of ours: a real Chromium with so many tiles that move and
 * so many stills, all on its screen. See docs/benchmarks.md.
 */

/** Every tile of the largest case fits on it. */
const SCREEN = { width: 3_840, height: 3_200 }
/** Longer than two beats: by then every tile has its picture. */
const SETTLE_MS = 10_000
const MOST_WAITED_MS = 180_000

const { values } = parseArgs({
  options: {
    /** Tiles and stills of each case; later ones have at least what the earlier ones have. */
    cases: { type: 'string', default: '9:0,25:0,25:200' },
    seconds: { type: 'string', default: '15' },
  },
})
const cases = values.cases.split(',').map((each) => {
  const [tiles = 0, stills = 0] = each.split(':').map(Number)
  return { tiles, stills }
})
const [loadBefore = 0] = loadavg()

const generator = startChild(join(import.meta.dirname, 'wall-generator.ts'))
await generator.answer()
const stack = await startStack()
const db = createDatabase(stack.databaseUrl, { applicationName: 'visavis-test', poolSize: 2 })
const browser = await openBrowser(null)
try {
  const where = { db, origin: stack.origin }
  const place = await aWallPlace(db)
  const { page, context } = await openPage(browser, SCREEN)
  const [name = '', value = ''] = (await officerCookie(where, place)).split('=')
  await context.addCookies([{ name, value, url: stack.origin }])
  const results = []
  const open = { live: 0, still: 0 }
  for (const { tiles, stills } of cases) {
    for (const [kind, wished] of [
      ['live', tiles],
      ['still', stills],
    ] as const) {
      const { origin, databaseUrl } = stack
      await openMore({ origin, databaseUrl, place, kind, visits: wished - open[kind] })
      open[kind] = wished
    }
    await page.goto(`${stack.origin}/wall`)
    await page.getByRole('button', { name: 'Small' }).click()
    await countFetches(page)
    await untilShown(page, { tiles, stills })
    results.push({ tiles, stills, ...(await measure(page, Number(values.seconds) * 1_000)) })
    console.log(JSON.stringify(results.at(-1)))
  }
  console.log(JSON.stringify({ bench: 'wall', cases: results, loadBefore: readable(loadBefore) }))
} finally {
  await browser.close()
  await generator.close()
  await db.$disconnect()
  await stack.stop()
}

async function openMore(order: WallOrder): Promise<void> {
  if (order.visits <= 0) return
  generator.send(order)
  await generator.answer()
}

async function untilShown(
  page: Page,
  { tiles, stills }: { tiles: number; stills: number },
): Promise<void> {
  let last = { liveTiles: 0, stillTiles: 0 }
  const look = async () => {
    last = await wallFigures(page)
    return last.liveTiles >= tiles && last.stillTiles >= stills ? true : null
  }
  await until(look, 'every tile to have its picture', MOST_WAITED_MS).catch((cause: unknown) => {
    throw new Error(`shown: ${JSON.stringify(last)}`, { cause })
  })
  await pause(SETTLE_MS)
}

/** Figures of so many milliseconds. CPU in percent of one core. */
async function measure(page: Page, forMs: number) {
  const pids = await pidsOf()
  const { result, machinePct } = await withMachinePct(async () => {
    const before = {
      page: await wallFigures(page),
      cpu: await cpuOf(pids),
      atMs: performance.now(),
    }
    await pause(forMs)
    const cpu = await cpuOf(pids)
    const tookMs = performance.now() - before.atMs
    return { before, after: { page: await wallFigures(page), cpu }, tookMs }
  })
  const { before, after, tookMs } = result
  const { received, dropped, bytes } = receivedBetween(before.page, after.page)
  const pct = (name: keyof Pids) => readable(((after.cpu[name] - before.cpu[name]) / tookMs) * 100)
  return {
    droppedFramesPct: readable((dropped / Math.max(1, received)) * 100),
    chromiumCpuPct: pct('chromium'),
    mbps: readable((bytes * 8) / 1_000 / tookMs),
    framesPerS: readable((received / tookMs) * 1_000),
    sfuCpuPct: pct('sfu'),
    serverCpuPct: pct('server'),
    senderCpuPct: pct('sender'),
    machineCpuPct: readable(machinePct),
  }
}

type Pids = Readonly<Record<'chromium' | 'sfu' | 'server' | 'sender', readonly number[]>>

async function pidsOf(): Promise<Pids> {
  const browsers = await ownChildren('chrom')
  return {
    chromium: (await Promise.all(browsers.map(treeOf))).flat(),
    sfu: await treeOf(await stack.pidOf('media-node')),
    server: [await stack.pidOf('server')],
    sender: [generator.pid],
  }
}

async function cpuOf(pids: Pids): Promise<Record<keyof Pids, number>> {
  const sums = Object.entries(pids).map(async ([name, list]) => {
    // One that has ended meanwhile spends no more.
    const each = await Promise.all(list.map((pid) => cpuMsOf(pid).catch(() => 0)))
    return [name, each.reduce((sum, ms) => sum + ms, 0)] as const
  })
  return Object.fromEntries(await Promise.all(sums)) as Record<keyof Pids, number>
}
