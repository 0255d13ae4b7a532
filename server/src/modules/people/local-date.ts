/** The day of an instant in UTC: `YYYY-MM-DD`. */
export function localDateOf(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}
