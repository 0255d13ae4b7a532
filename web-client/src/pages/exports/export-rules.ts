import type { TagTone } from '@visavis/ui'
import type { Reply } from '../../api/api.ts'

export type Export = Reply<'exports'>['items'][number]
type State = Export['state']

const STATE_TONE: Readonly<Record<State, TagTone>> = {
  ASKED: 'warn',
  REFUSED: 'plain',
  APPROVED: 'action',
  READY: 'good',
  EXPIRED: 'plain',
  FAILED: 'bad',
}

/** How an export's state looks. */
export function toneOf(state: State): TagTone {
  return STATE_TONE[state]
}

/** Whether there is still something that can be ended before its time. */
export function canBeTakenBack(state: State): boolean {
  return state === 'ASKED' || state === 'APPROVED' || state === 'READY'
}

/** Why the reader does not decide about an export that waits; null: they may. */
export function whyNotMine({
  isMine,
  isMineToDecide,
}: Pick<Export, 'isMine' | 'isMineToDecide'>): 'ASKED' | 'SAME_PERSON' | null {
  if (isMineToDecide) return null
  return isMine ? 'ASKED' : 'SAME_PERSON'
}

/** Whether the page should look again soon. */
export function isUnderWay({ state }: Pick<Export, 'state'>): boolean {
  return state === 'APPROVED'
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
const STEP = 1_000

/** `12 MB`, as the language writes it. */
export function sizeWords(bytes: number, language: string): string {
  const power = Math.min(
    UNITS.length - 1,
    Math.max(0, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(STEP))),
  )
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / STEP ** power)
}
