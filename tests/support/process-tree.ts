import { readFile, readdir } from 'node:fs/promises'

/** A process and all that it started, directly or through others, as far as it lives. */
export async function treeOf(pid: number): Promise<readonly number[]> {
  const parents = await parentTable()
  const tree = [pid]
  for (const each of tree) {
    for (const [child, parent] of parents) if (parent === each) tree.push(child)
  }
  return tree
}

/** The children of this very process whose command line has that word. */
export async function ownChildren(word: string): Promise<readonly number[]> {
  const parents = await parentTable()
  const own = [...parents].filter(([, parent]) => parent === process.pid).map(([pid]) => pid)
  const named = await Promise.all(
    own.map(async (pid) => ((await commandOf(pid)).includes(word) ? [pid] : [])),
  )
  return named.flat()
}

async function parentTable(): Promise<ReadonlyMap<number, number>> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid))
  const pairs = await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const))
  return new Map(pairs)
}

/** The parent's place comes after the program's name, which may hold spaces and brackets (proc(5)). */
async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
}

async function commandOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
}
