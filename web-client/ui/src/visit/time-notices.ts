/** LV-5: both sides are told at five minutes, one minute and ten seconds of what is left, in ms. */
export const NOTICE_AT_MS = [300_000, 60_000, 10_000] as const

/** How long a notice stays on the picture, in ms of the visit's own clock. */
export const NOTICE_SHOWN_MS = 10_000

/**
 * The mark whose notice is to be seen when so much is left, or null. A visit booked no longer than a
 * mark never shows it: it would be the first thing one sees.
 */
export function noticeAt(remainingMs: number, bookedMs: number): number | null {
  const mark = NOTICE_AT_MS.find(
    (atMs) => bookedMs > atMs && remainingMs <= atMs && remainingMs > atMs - NOTICE_SHOWN_MS,
  )
  return mark ?? null
}
