export function addTimetable(..._parts: unknown[]): never {
  return {} as never
}
