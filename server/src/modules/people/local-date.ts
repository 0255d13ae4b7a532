/** A `date` column as the wire has it: `YYYY-MM-DD`. */
export function localDateOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/** The wire's `YYYY-MM-DD` as a `date` column takes it. */
export function dateOf(localDate: string): Date {
  return new Date(`${localDate}T00:00:00Z`)
}
