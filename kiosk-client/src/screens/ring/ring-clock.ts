import type { Ringing } from '../../flow/screens.ts'

/** A ring is over by then whatever the line does; clocks may differ by some seconds. */
const PATIENCE_MS = 10_000

/** How long it still rings. */
export function ringLeftMs({ ringsUntil }: Pick<Ringing, 'ringsUntil'>, nowMs: number): number {
  return Math.max(0, Date.parse(ringsUntil) - nowMs)
}

/** A ring that the server could not be asked about is missed once nobody can answer it any more. */
export function endWithoutAnswer(
  { ringsUntil }: Pick<Ringing, 'ringsUntil'>,
  nowMs: number,
): 'MISSED' | null {
  return nowMs > Date.parse(ringsUntil) + PATIENCE_MS ? 'MISSED' : null
}
