import { readFile, readdir } from 'node:fs/promises'

/** What a process holds now, by `/proc` (Linux). */
export type Holding = {
  /** Memory that is its own: pages shared with nobody else, in MB. */
  readonly memoryMb: number
  /** Files, pipes and sockets. */
  readonly files: number
}

const KB_A_MB = 1_024

/** Throws when there is no such process any more. */
export async function holdingOf(pid: number): Promise<Holding> {
  const [status, files] = await Promise.all([
    readFile(`/proc/${pid}/status`, 'utf8'),
    readdir(`/proc/${pid}/fd`),
  ])
  const kb = Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1])
  return { memoryMb: kb / KB_A_MB, files: files.length }
}

/** What `work` gives, and how busy all processors together were meanwhile, in percent of all of them. */
export async function withMachinePct<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; machinePct: number }> {
  const before = await machineTicks()
  const result = await work()
  const after = await machineTicks()
  const idleShare = (after.idle - before.idle) / (after.all - before.all)
  return { result, machinePct: (1 - idleShare) * 100 }
}

/** Places of the first line of `/proc/stat` (proc(5)): user nice system idle iowait irq softirq steal. */
const IDLE = 3
const WAITING = 4
const KINDS = 8

async function machineTicks(): Promise<{ idle: number; all: number }> {
  const [line = ''] = (await readFile('/proc/stat', 'utf8')).split('\n')
  const ticks = line
    .trim()
    .split(/\s+/)
    .slice(1, KINDS + 1)
    .map(Number)
  const all = ticks.reduce((sum, each) => sum + each, 0)
  return { idle: (ticks[IDLE] ?? 0) + (ticks[WAITING] ?? 0), all }
}
