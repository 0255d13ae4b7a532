import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { REMOTE_PICTURE } from '../e2e/pages/call-page.ts'
import { RUNGS } from '../e2e/pages/interventions-page.ts'
import { focusVisit } from '../e2e/pages/wall-page.ts'
import { gather, letIn } from '../support/cast.ts'
import { openScene } from '../support/scene.ts'
import type { OpenScene } from '../support/scene.ts'
import { quantile, readable } from '../support/statistics.ts'
import { clickMs, noteClick, untilHeard, untilSilent, watchSound } from './measured-silence.ts'

/**
 * From an officer's click to silence at the other party's page (OV-5): the whole product on this machine,
 * three real browsers, until the last packet of the voice has come. See docs/benchmarks.md.
 */

/** Caches of browser and server are warm after these, which do not count. */
const WARM_UP = 2

const { values } = parseArgs({ options: { times: { type: 'string', default: '20' } } })
const times = Number(values.times)
const [loadBefore = 0] = loadavg()

/** What is measured: the rung, and its first choice does and undoes it. */
const DEEDS = { mute: 'sound', pause: 'pause' } as const satisfies Record<
  string,
  keyof typeof RUNGS
>
type Deed = keyof typeof DEEDS
/** What the wall shows of it while it stands: what the next press does depends on it. */
const STANDS = {
  mute: '.vv-interventions__standing',
  pause: '.vv-interventions .vv-notice',
} as const satisfies Record<Deed, string>

console.log('starting the whole system, two parties and an officer …')
const scene = await openScene()
try {
  await gather(scene)
  await letIn(scene)
  await focusVisit(scene.cast.officer, scene.demo.visit.visitId)
  await scene.cast.terminal.waitForSelector(REMOTE_PICTURE)
  const found = { mute: await measure(scene, 'mute'), pause: await measure(scene, 'pause') }
  console.log(JSON.stringify(summaryOf(found)))
} finally {
  await scene.close()
}

/** Milliseconds of each; the visitor's side is silenced, and the terminal listens. */
async function measure({ cast }: OpenScene, deed: Deed): Promise<number[]> {
  const { officer, terminal } = cast
  const all: number[] = []
  for (let index = -WARM_UP; index < times; index += 1) {
    await terminal.waitForSelector(REMOTE_PICTURE, { state: 'attached' })
    await watchSound(terminal, REMOTE_PICTURE)
    await untilHeard(terminal)
    await press(officer, deed)
    await officer.waitForSelector(STANDS[deed])
    const ms = (await untilSilent(terminal)) - (await clickMs(officer))
    // On a starved machine a voice may stop by itself: that is no effect of the click.
    const isOfClick = ms > 0
    const name = index < 0 ? 'warm-up' : index + 1
    console.log(`${deed} ${name}: ${isOfClick ? `${readable(ms)} ms` : 'stalled before, again'}`)
    if (!isOfClick) index -= 1
    else if (index >= 0) all.push(ms)
    await press(officer, deed)
    await officer.waitForSelector(STANDS[deed], { state: 'detached' })
    await terminal.waitForSelector(REMOTE_PICTURE, { state: 'attached' })
  }
  return all
}

/** The rung by its key, the choice by a click: the click is what is measured from. */
async function press(officer: Page, deed: Deed): Promise<void> {
  await officer.keyboard.press(RUNGS[DEEDS[deed]])
  const option = officer.locator('.vv-interventions__option').first()
  await option.waitFor()
  await noteClick(officer)
  await option.click()
  await option.waitFor({ state: 'detached' })
}

function summaryOf(found: Readonly<Record<Deed, readonly number[]>>) {
  const spread = (ms: readonly number[]) => ({
    p50: readable(quantile(ms, 0.5)),
    p95: readable(quantile(ms, 0.95)),
    max: readable(quantile(ms, 1)),
  })
  const { p50, p95 } = spread([...found.mute, ...found.pause])
  return {
    bench: 'intervene',
    times: found.mute.length + found.pause.length,
    effectMs: { p50, p95 },
    mute: spread(found.mute),
    pause: spread(found.pause),
    loadBefore: readable(loadBefore),
  }
}
