/** Where a room device of a link centre begins and comes back to. */
export const ROOM_HOME = '/room'

/** Time to read how the visit came out before the device belongs to nobody again. */
export const READ_OUTCOME_MS = 60_000

/** The only pages a room device has, besides its own start: those of its one visit. */
export function isRoomPath(pathname: string, onlyVisitId: string): boolean {
  const own = `/visits/${onlyVisitId}`
  return pathname === own || pathname.startsWith(`${own}/`)
}

/** A code as it was shown by the host, however it was typed. */
export function tidyCode(typed: string): string {
  return typed.trim().toUpperCase()
}
