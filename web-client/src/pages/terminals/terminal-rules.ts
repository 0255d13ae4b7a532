import type { DisableReason } from '@visavis/contract/terminal-health'
import type { RevokeReason } from '@visavis/contract/terminal-proof-shapes'
import type { TagTone } from '@visavis/ui'
import type { Reply } from '../../api/api.ts'

/** A terminal as those see it who look after it. */
export type Terminal = Reply<'listTerminals'>['terminals'][number]

/** The one word for how a terminal is. */
export type TerminalState =
  'NOT_ENROLLED' | 'DISABLED' | 'OUT_OF_ORDER' | 'NEVER_SEEN' | 'OFFLINE' | 'CHECK' | 'WELL'

/** As long as the server waits before it calls a terminal silent. */
const SEEN_WITHIN_MS = 3 * 60_000

/** How a terminal is, worst first; `OFFLINE`: nothing is heard of it, and no visit can be had now. */
export function stateOf(terminal: Terminal, nowMs: number): TerminalState {
  if (!terminal.isEnrolled) return 'NOT_ENROLLED'
  if (terminal.disabled !== null) return 'DISABLED'
  if (terminal.isOutOfOrder) return 'OUT_OF_ORDER'
  if (terminal.lastBeatAt === null) return 'NEVER_SEEN'
  if (nowMs - Date.parse(terminal.lastBeatAt) > SEEN_WITHIN_MS) return 'OFFLINE'
  return terminal.troubles.length > 0 ? 'CHECK' : 'WELL'
}

export const STATE_TONE: Readonly<Record<TerminalState, TagTone>> = {
  NOT_ENROLLED: 'plain',
  DISABLED: 'plain',
  OUT_OF_ORDER: 'bad',
  NEVER_SEEN: 'warn',
  OFFLINE: 'warn',
  CHECK: 'warn',
  WELL: 'good',
}

const MEGABYTES_IN_GIGABYTE = 1_000

/** Room on a disk as people speak of it: gigabytes, with one digit below ten. */
export function gigabytes(megabytes: number, locale: string): string {
  const amount = megabytes / MEGABYTES_IN_GIGABYTE
  const maximumFractionDigits = amount < 10 ? 1 : 0
  return new Intl.NumberFormat(locale, { maximumFractionDigits }).format(amount)
}

/** What the list is narrowed to. */
export const TERMINAL_FILTERS = ['ALL', 'TROUBLE', 'DISABLED'] as const
export type TerminalFilter = (typeof TERMINAL_FILTERS)[number]

const TROUBLED: ReadonlySet<TerminalState> = new Set(['OUT_OF_ORDER', 'OFFLINE', 'CHECK'])

/** The terminals that a filter leaves, in their order. */
export function filtered(
  terminals: readonly Terminal[],
  filter: TerminalFilter,
  nowMs: number,
): readonly Terminal[] {
  if (filter === 'ALL') return terminals
  return terminals.filter((terminal) => {
    const state = stateOf(terminal, nowMs)
    return filter === 'DISABLED' ? state === 'DISABLED' : TROUBLED.has(state)
  })
}

/** The contract's lists; objects, so that the compiler misses none. */
const REASONS: Readonly<Record<DisableReason, true>> = {
  REPAIR: true,
  CLEANING: true,
  INCIDENT: true,
  OTHER: true,
}
export const DISABLE_REASON_LIST = Object.keys(REASONS) as readonly DisableReason[]

const REVOKE_REASONS: Readonly<Record<RevokeReason, true>> = {
  SUSPECTED: true,
  STOLEN: true,
  LOST: true,
  RETIRED: true,
}
export const REVOKE_REASON_LIST = Object.keys(REVOKE_REASONS) as readonly RevokeReason[]
