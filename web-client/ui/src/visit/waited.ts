const MINUTE_MS = 60_000

/** Whole minutes since somebody arrived (ISO instant), at a server's instant in milliseconds; pure. */
export function waitedMinutes(arrivedAt: string | null, nowMs: number): number {
  if (arrivedAt === null) return 0
  return Math.max(0, Math.floor((nowMs - Date.parse(arrivedAt)) / MINUTE_MS))
}
