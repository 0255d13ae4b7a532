import { readFile } from 'node:fs/promises'

/** Linux counts a process's time in these, whatever the kernel was built with (proc(5), `USER_HZ`). */
const TICK_MS = 10
/** Places of `utime` and `stime` after the program's name, which may hold spaces itself. */
const USER_TIME = 11
const SYSTEM_TIME = 12

/** Milliseconds that a process, with all its threads, has spent on a processor since it began. */
export async function cpuMsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * TICK_MS
}

/** How busy each process was while `work` ran, in percent of one core. */
export async function cpuPctDuring<Key extends string>(
  pids: Readonly<Record<Key, number>>,
  work: () => Promise<void>,
): Promise<Record<Key, number>> {
  const names = Object.keys(pids) as Key[]
  const read = () => Promise.all(names.map((name) => cpuMsOf(pids[name])))
  const startedAtMs = performance.now()
  const before = await read()
  await work()
  const elapsedMs = performance.now() - startedAtMs
  const after = await read()
  const pct = names.map((name, index) => {
    const spentMs = (after[index] ?? 0) - (before[index] ?? 0)
    return [name, (spentMs / elapsedMs) * 100] as const
  })
  return Object.fromEntries(pct) as Record<Key, number>
}
