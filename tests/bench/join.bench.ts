import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { gather, letIn } from '../support/cast.ts'
import { openScene } from '../support/scene.ts'
import type { OpenScene } from '../support/scene.ts'
import { quantile, readable } from '../support/statistics.ts'
import { joinOnce } from './measured-join.ts'
import type { JoinTimes } from './measured-join.ts'

/**
 * How long a person who presses "Go to the waiting room" waits for the other's picture: the whole product
 * on this machine, real browsers, a visit that is LIVE already. See docs/benchmarks.md.
 */

/** Caches of browser and server are warm after these, which do not count. */
const WARM_UP_JOINS = 2

const { values } = parseArgs({ options: { joins: { type: 'string', default: '20' } } })
const joins = Number(values.joins)

/** Runnable threads before the bench began: more than next to none, and the figures are not the product's. */
const [loadBefore = 0] = loadavg()

console.log('starting the whole system, two parties and an officer …')
const scene = await openScene()
try {
  await gather(scene)
  await letIn(scene)
  // The officer's pictures are decoded on another machine in real life.
  await scene.cast.officer.close()
  console.log('the visit is live; its visitor now joins again and again')
  console.log(JSON.stringify(summaryOf(await measure(scene))))
} finally {
  await scene.close()
}

async function measure({ stack, demo, cast }: OpenScene): Promise<JoinTimes[]> {
  const where = { origin: stack.origin, visitId: demo.visit.visitId }
  const all: JoinTimes[] = []
  for (let index = -WARM_UP_JOINS; index < joins; index += 1) {
    const times = await joinOnce(cast.visitor, where)
    console.log(`${index < 0 ? 'warm-up' : `join ${index + 1}`}: ${inWords(times)}`)
    if (index >= 0) all.push(times)
  }
  return all
}

function inWords(times: JoinTimes): string {
  return Object.entries(times)
    .map(([step, ms]) => `${step} ${readable(ms)}`)
    .join(', ')
}

function summaryOf(all: readonly JoinTimes[]) {
  const spread = (step: keyof JoinTimes) => {
    const steps = all.map((times) => times[step])
    return { p50: readable(quantile(steps, 0.5)), p95: readable(quantile(steps, 0.95)) }
  }
  return {
    bench: 'join',
    joins: all.length,
    firstFrameMs: spread('firstFrameMs'),
    joinedMs: spread('joinedMs'),
    consumerMs: spread('consumerMs'),
    iceMs: spread('iceMs'),
    dtlsMs: spread('dtlsMs'),
    loadBefore: readable(loadBefore),
  }
}
