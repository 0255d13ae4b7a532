import type { Result } from '@visavis/ui'

/** Whether a save was refused because it would affect others than those who were shown (BK-7). */
export function isImpactChanged(saved: Result<unknown>): boolean {
  return !saved.ok && saved.code === 'IMPACT_NOT_CONFIRMED'
}
