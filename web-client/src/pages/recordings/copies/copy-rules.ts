import type { Reply } from '../../../api/api.ts'
import { stretchOf } from '../player/player-keys.ts'
import type { Marks } from '../player/player-keys.ts'

export type Copy = Reply<'derivatives'>['derivatives'][number]

/** Whether something of a copy is still to come. */
export function isUnderWay({ state }: Pick<Copy, 'state'>): boolean {
  return state === 'WAITING' || state === 'BEING_MADE'
}

/** The whole visit, side by side. */
export function wholeOf(lengthMs: number): { fromMs: number; toMs: number } {
  return { fromMs: 0, toMs: Math.max(1, Math.round(lengthMs)) }
}

/** What a clip would hold; null: nothing is marked, or nothing is in it. */
export function clipOf(marks: Marks, lengthMs: number): { fromMs: number; toMs: number } | null {
  const stretch = stretchOf(marks, lengthMs)
  return stretch !== null && stretch.toMs > stretch.fromMs ? stretch : null
}
