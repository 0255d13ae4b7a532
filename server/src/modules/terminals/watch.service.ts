import type { TerminalTrouble } from '@visavis/contract/terminal-health'
import { SERVER } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { outOfOrderBy, troublesOf } from './beat-rules.ts'
import { heardOf } from './terminal-view.ts'
import type { TerminalsDeps } from './terminals-parts.ts'
import type { CaredTerminal } from './terminals.repo.ts'

/** Somebody has to walk there; the next visit may begin in half an hour. */
const TASK_DUE_MS = 15 * 60_000

type WatchDeps = TerminalsDeps & { readonly tasks: Tasks }
type Move = { readonly row: CaredTerminal; readonly to: TerminalTrouble | null; readonly now: Date }

/** Looks after terminals that break, and tells staff. */
export function createTerminalWatch(deps: WatchDeps) {
  const { repo, clock, transact } = deps
  return {
    /** One look at every terminal: a task opens for what has broken, and is closed when it works again. */
    async look(): Promise<void> {
      const rows = await repo.heard()
      const now = clock.now()
      const facilityIds = [...new Set(rows.map(({ facilityId }) => facilityId))]
      const open = await repo.openFacilities(facilityIds, now)
      for (const row of rows) {
        const isOpen = open.has(row.facilityId)
        const to = outOfOrderBy(troublesOf(heardOf(row), { now, isOpen }))
        if (to !== (row.beat?.trouble ?? null)) await transact((tx) => move(tx, { row, to, now }))
      }
    },
  }

  async function move(tx: Tx, { row, to, now }: Move): Promise<void> {
    const { terminalId, facilityId } = row
    const from = row.beat?.trouble ?? null
    // Another server looks by the same clock: the second of two finds it noted.
    if (!(await repo.setTrouble(tx, terminalId, { from, to, at: now }))) return
    if (to === null) await closeTask(tx, row)
    else if (from === null) await openTask(tx, row, now)
    await deps.audit.append(tx, {
      facilityId,
      actor: SERVER,
      action: to === null ? 'terminal.works' : 'terminal.fails',
      object: { type: 'terminal', objectId: terminalId },
      outcome: 'allow',
      ...(to === null ? {} : { reason: to }),
    })
  }

  /** Its subject is this trouble and not the terminal, of which its tests of itself open and close tasks. */
  async function openTask(tx: Tx, row: CaredTerminal, now: Date): Promise<void> {
    const { terminalId, facilityId } = row
    const taskId = await deps.tasks.open(tx, {
      ...{ facilityId, kind: 'TERMINAL_OUT_OF_ORDER', subjectId: newId(), terminalId },
      suggestion: 'MOVE_TERMINAL',
      dueAt: new Date(now.getTime() + TASK_DUE_MS),
    })
    await repo.noteTask(tx, terminalId, taskId)
  }

  async function closeTask(tx: Tx, { terminalId, beat }: CaredTerminal): Promise<void> {
    const taskId = beat?.troubleTaskId ?? null
    if (taskId === null) return
    await deps.tasks.closeOne(tx, taskId, 'WORKS_AGAIN')
    await repo.noteTask(tx, terminalId, null)
  }
}
