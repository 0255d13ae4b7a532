import { createHash } from 'node:crypto'

/** What a series was asked for with, by whom: the same write is the same series (BK-5). */
export type SeriesWrite = { readonly actorId: string; readonly key: string; readonly body: unknown }

/**
 * The id of a series, a UUID (version 8) that follows from its write. A request that is repeated after a
 * crash in the middle so finds what it had booked, and goes on instead of booking twice.
 */
export function seriesIdOf({ actorId, key, body }: SeriesWrite): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([actorId, key, body]))
    .digest('hex')
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ]
  return parts.join('-')
}
