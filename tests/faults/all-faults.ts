import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readable } from '../support/statistics.ts'
import { reportOf } from './fault-report.ts'
import type { FaultReport } from './fault-report.ts'
import { runFault } from './fault-run.ts'
import type { FaultRun } from './fault-run.ts'
import { bothSeeAndHear, bringAlive, openFaultScene } from './fault-scene.ts'
import { FAULTS } from './faults.ts'
import type { Fault } from './faults.ts'

/**
 * Everything that can go wrong in a visit, in a real one between two real browsers, again and again; what
 * people would have seen of it is the last line. See docs/faults.md.
 */

const USAGE = `npm run faults -- [--only NAME[,NAME]] [--runs NUMBER]
names: ${FAULTS.map(({ name }) => name).join(', ')}`

/** Runnable threads before it began: more than next to none, and the figures are not the product's. */
const [loadBefore = 0] = loadavg()

const { faults, runs } = readFlags()
const reports: FaultReport[] = []
for (const fault of faults) {
  const report = reportOf(fault, await runsOf(fault))
  reports.push(report)
  console.log(`${fault.name}: ${report.isMet ? 'met' : `missed: ${report.missed.join(', ')}`}`)
}
console.log(JSON.stringify({ faults: reports, loadBefore: readable(loadBefore) }))
process.exitCode = reports.every(({ isMet }) => isMet) ? 0 : 1

function readFlags(): { faults: readonly Fault[]; runs: number } {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, runs: { type: 'string', default: '5' } },
  })
  const names = values.only?.split(',')
  const known = FAULTS.map(({ name }) => name)
  const runs = Number(values.runs)
  if (!(runs >= 1) || names?.some((name) => !known.includes(name))) {
    console.error(USAGE)
    process.exit(2)
  }
  return { faults: FAULTS.filter(({ name }) => !names || names.includes(name)), runs }
}

/** A visit of its own for each fault: what one leaves behind is not the next one's. */
async function runsOf(fault: Fault): Promise<FaultRun[]> {
  console.log(`${fault.name}: starting the whole system, two parties and an officer …`)
  const scene = await openFaultScene()
  try {
    await bringAlive(scene)
    // The officer's pictures are decoded on another machine in real life.
    await scene.cast.officer.close()
    const all: FaultRun[] = []
    while (all.length < runs) {
      await pause(fault.restMs ?? 0)
      const run = await runFault(fault, scene)
      all.push(run)
      console.log(`${fault.name} ${all.length}: ${inWords(run)}`)
      // Any picture that moves counts as recovery until here: now it must be the right one.
      await bothSeeAndHear(scene)
    }
    return all
  } finally {
    await scene.close()
  }
}

function inWords({ hasRecovered, mediaMs, linkMs, longestGapMs, heardShare }: FaultRun): string {
  return [
    hasRecovered ? `media after ${Math.round(mediaMs)} ms` : 'NOT RECOVERED',
    `link after ${Math.round(linkMs)} ms`,
    `longest gap ${Math.round(longestGapMs)} ms`,
    ...(heardShare === null ? [] : [`heard ${Math.round(heardShare * 100)} %`]),
  ].join('; ')
}
