import { Refusal } from '@visavis/contract/errors'
import { Instant } from '@visavis/contract/ids'
import { z } from 'zod'

const CURE = { field: 'cursor', cure: 'Send the cursor of the page before, as it was.' }

/** The place in a list after a row with these sort values; opaque to callers. */
export function cursorOf(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** The sort values in a cursor of ours; anything else is `BAD_REQUEST`. */
export function readCursor(cursor: string, length: number): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const isOurs = Array.isArray(parts) && parts.length === length
    if (isOurs && parts.every((part) => typeof part === 'string')) return parts
  } catch {
    // Not JSON: told below like any other text that is no cursor.
  }
  throw new Refusal('BAD_REQUEST', { fields: [CURE] })
}

const Place = z.tuple([Instant, z.uuid()])

/** A place in a list that goes by an instant, and then by an id. */
export type Place = { readonly at: Date; readonly id: string }

/** The place in such a cursor of ours; null without one. Anything else is `BAD_REQUEST`. */
export function readPlace(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  const place = Place.safeParse(readCursor(cursor, 2))
  if (!place.success) throw new Refusal('BAD_REQUEST', { fields: [CURE] })
  const [at, id] = place.data
  return { at: new Date(at), id }
}

/** A cursor for {@link readPlace}. */
export function placeOf({ at, id }: Place): string {
  return cursorOf([at.toISOString(), id])
}
