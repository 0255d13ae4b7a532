import { openWorkerPid } from '../support/stack-faults.ts'
import type { FaultScene } from './fault-scene.ts'
import { setTimeout as pause } from 'node:timers/promises'

/** One thing that goes wrong in a visit under way. Where it is a network's, it is the visitor's. */
export type Fault = {
  readonly name: string
  /** How long it lasts; 0: it happens and is over. */
  readonly lastsMs: number
  /** Begins it. Resolves when it has begun. */
  readonly begin: (scene: FaultScene) => unknown
  /** Ends it, where it does not end by itself. */
  readonly end?: (scene: FaultScene) => unknown
  readonly aims: Aims
  /** How long to wait before it strikes again. */
  readonly restMs?: number
}

/** What must hold; times count from the end of what lasts, else from its begin. Absent: not asked for. */
export type Aims = {
  /** Picture and sound of both sides are back (p95). */
  readonly mediaMs?: number
  /** No page says any longer that the line is lost (p95). */
  readonly linkMs?: number
  /** The longest time without picture or without sound from its begin on: it did not go away. */
  readonly longestGapMs?: number
  /** While it lasts, the other's voice is heard for at least this share of the time. */
  readonly heardShare?: number
  /** While it lasts the picture gets smaller or slower, and afterwards it is what it was. */
  readonly picture?: 'degrades'
}

const OUTAGE_MS = 20_000
const BAD_LINE_MS = 20_000
const DATABASE_GONE_MS = 60_000
/** The supervisor takes one that dies more often than this for one that is ill, and waits longer each time. */
const SERVER_WELL_MS = 31_000
/** What is shorter is a hiccup of a busy machine. */
const UNINTERRUPTED_MS = 1_000
const CONTINUOUS = 0.97

/** All that `npm run faults` knows, in the order of its report. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'server-kill',
    lastsMs: 0,
    begin: ({ stack }) => stack.crash('server'),
    aims: { longestGapMs: UNINTERRUPTED_MS, linkMs: 3_000 },
    restMs: SERVER_WELL_MS,
  },
  {
    name: 'worker-kill',
    lastsMs: 0,
    begin: async ({ stack }) => process.kill(await openWorkerPid(stack), 'SIGKILL'),
    aims: { mediaMs: 5_000 },
  },
  {
    name: 'socket-cut',
    lastsMs: OUTAGE_MS,
    begin: ({ networks }) => networks.visitor.cutServer(true),
    end: ({ networks }) => networks.visitor.cutServer(false),
    aims: { longestGapMs: UNINTERRUPTED_MS },
  },
  {
    name: 'black-hole',
    lastsMs: OUTAGE_MS,
    begin: ({ networks }) => networks.visitor.become({ isDark: true }),
    end: ({ networks }) => networks.visitor.become({}),
    aims: { mediaMs: 8_000 },
  },
  {
    name: 'address-change',
    lastsMs: 0,
    begin: ({ networks }) => networks.visitor.changeAddress(),
    aims: { mediaMs: 8_000 },
  },
  {
    name: 'page-reload',
    lastsMs: 0,
    begin: ({ cast }) => cast.visitor.reload({ waitUntil: 'commit' }),
    aims: { mediaMs: 4_000 },
  },
  lossOf(5, { heardShare: CONTINUOUS }),
  lossOf(10, { heardShare: CONTINUOUS }),
  lossOf(20, {}),
  {
    name: 'rate-300',
    lastsMs: BAD_LINE_MS,
    begin: ({ networks }) => networks.visitor.become({ kbps: 300 }),
    end: ({ networks }) => networks.visitor.become({}),
    aims: { heardShare: CONTINUOUS, picture: 'degrades' },
  },
  {
    name: 'database-gone',
    lastsMs: DATABASE_GONE_MS,
    begin: ({ database }) => database.cut(true),
    end: ({ database }) => database.cut(false),
    aims: { longestGapMs: UNINTERRUPTED_MS },
  },
]

function lossOf(percent: number, aims: Aims): Fault {
  return {
    name: `loss-${percent}`,
    lastsMs: BAD_LINE_MS,
    begin: ({ networks }) => networks.visitor.become({ lossShare: percent / 100 }),
    end: ({ networks }) => networks.visitor.become({}),
    aims,
  }
}

/** The same fault, as short as it can be and still be one: for tests that have no time. */
export function shortened(name: string, lastsMs: number): Fault {
  const fault = FAULTS.find((each) => each.name === name)
  if (!fault) throw new Error(`there is no fault called ${name}`)
  return { ...fault, lastsMs: Math.min(lastsMs, fault.lastsMs) }
}

/** Lets it happen. Gives when it began and when it was over, in Unix ms. */
export async function strike(
  { begin, end, lastsMs }: Fault,
  scene: FaultScene,
): Promise<{ beganAtMs: number; endedAtMs: number }> {
  const beganAtMs = unixMs()
  await begin(scene)
  if (!end) return { beganAtMs, endedAtMs: beganAtMs }
  await pause(lastsMs)
  await end(scene)
  return { beganAtMs, endedAtMs: unixMs() }
}

/** By the clock that pages have too: it does not jump. */
export function unixMs(): number {
  return performance.timeOrigin + performance.now()
}
