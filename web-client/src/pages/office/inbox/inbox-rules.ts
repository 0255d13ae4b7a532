import type { Task, TaskCount, TaskKind } from '../parts/types.ts'

/** A filter of the inbox with how much it holds; `kind` null: everything. */
export type Chip = {
  readonly kind: TaskKind | null
  readonly open: number
  readonly late: number
}

/** The filters worth showing: everything, then each kind that has something, the latest work first. */
export function chipsOf(counts: readonly TaskCount[]): Chip[] {
  const sum = (key: 'open' | 'late') => counts.reduce((total, count) => total + count[key], 0)
  const kinds = counts
    .filter(({ open }) => open > 0)
    .toSorted((a, b) => b.late - a.late || b.open - a.open || a.kind.localeCompare(b.kind))
  return [{ kind: null, open: sum('open'), late: sum('late') }, ...kinds]
}

/** How a decision is made about a task: each way has a panel of its own. */
export type PanelKind =
  | 'VISITOR'
  | 'RELATIONSHIP'
  | 'PROFESSIONAL'
  | 'BOOKING'
  | 'VISIT'
  | 'CALL'
  | 'OVERRIDE'
  | 'ALARM'
  | 'RECORDINGS'
  | 'OBJECTION'
  | 'ERASURE'
  | 'PLAIN'

/** The panel of each kind of task, and what the task must name for it. */
const PANELS: Readonly<
  Record<TaskKind, readonly [PanelKind, ...('visitor' | 'visit' | 'subjectId')[]]>
> = {
  VERIFY_VISITOR: ['VISITOR', 'visitor'],
  DECIDE_RELATIONSHIP: ['RELATIONSHIP', 'subjectId'],
  VERIFY_PROFESSIONAL: ['PROFESSIONAL', 'visitor'],
  DECIDE_BOOKING: ['BOOKING', 'visit'],
  INMATE_TRANSFERRED: ['VISIT', 'visit'],
  INMATE_RELEASED: ['VISIT', 'visit'],
  INMATE_DIED: ['CALL', 'visitor'],
  RESTRICTION_HITS_VISIT: ['VISIT', 'visit'],
  TERMINAL_OUT_OF_ORDER: ['VISIT', 'visit'],
  REBOOK_VISIT: ['VISIT', 'visit'],
  NOTICE_BOUNCED: ['CALL', 'visitor'],
  DECIDE_OVERRIDE: ['OVERRIDE', 'subjectId', 'visitor'],
  WATCH_ALARM: ['ALARM'],
  // Those are in the list of whoever reviews recordings, and never in this one.
  FLAG_REVIEW: ['ALARM'],
  DECIDE_EXPORT: ['RECORDINGS'],
  DECIDE_DESTRUCTION: ['RECORDINGS'],
  DECIDE_RELEASE: ['RECORDINGS'],
  HOLD_REVIEW: ['RECORDINGS'],
  RECORDING_ALARM: ['RECORDINGS'],
  AUDIT_ALARM: ['PLAIN'],
  SIGN_IN_ALARM: ['PLAIN'],
  INCIDENT_ALARM: ['PLAIN'],
  TERMINAL_ALARM: ['PLAIN'],
  OBJECTION: ['OBJECTION', 'subjectId'],
  DECIDE_ERASURE: ['ERASURE', 'subjectId'],
}

/** The panel of a task. What is missing its subject can only be closed by hand. */
export function panelOf(task: Task): PanelKind {
  const [panel, ...needed] = PANELS[task.kind]
  return needed.every((name) => task[name] !== null) ? panel : 'PLAIN'
}

/** Which row the keys `j` and `k` lead to; null: another key. */
export function rowAfterKey(key: string, at: number, rows: number): number | null {
  if (rows === 0) return null
  if (key === 'j' || key === 'ArrowDown') return Math.min(rows - 1, at + 1)
  if (key === 'k' || key === 'ArrowUp') return Math.max(0, at - 1)
  return null
}

/** The next task to open after one is done: the one that followed it, else the one before. */
export function nextAfter(tasks: readonly Task[], taskId: string): string | null {
  const at = tasks.findIndex((task) => task.taskId === taskId)
  return (tasks[at + 1] ?? tasks[at - 1])?.taskId ?? null
}
