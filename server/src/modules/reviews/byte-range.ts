/** Which bytes of a file a `Range` header asks for; `end` is the last byte, as in the header. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' }

const SINGLE_RANGE = /^bytes=(\d*)-(\d*)$/

/**
 * RFC 9110 §14.2. A header of another unit, form or with several ranges counts as absent: the whole is
 * a right answer to it.
 */
export function byteRange(header: string | undefined, size: number): ByteRange {
  const [, first = '', last = ''] = SINGLE_RANGE.exec(header ?? '') ?? []
  if (first === '' && last === '') return { kind: 'whole' }
  if (first === '') return suffix(Number(last), size)
  return stretch(Number(first), last === '' ? size - 1 : Number(last), size)
}

function stretch(start: number, last: number, size: number): ByteRange {
  if (start >= size) return { kind: 'unsatisfiable' }
  if (last < start) return { kind: 'whole' }
  return { kind: 'part', start, end: Math.min(last, size - 1) }
}

function suffix(length: number, size: number): ByteRange {
  if (length === 0 || size === 0) return { kind: 'unsatisfiable' }
  return { kind: 'part', start: Math.max(0, size - length), end: size - 1 }
}

/** So much is answered at once of a range: each answer has its own entry in the log, and its own permission. */
const MOST_BYTES = 4 * 1024 * 1024

/**
 * The part of a range that is answered. RFC 9110 §15.3.7: a server may send less than was asked for, and says
 * what it sent; a player asks for the rest when it needs it.
 */
export function answeredRange({ start, end }: { start: number; end: number }): {
  start: number
  end: number
} {
  return { start, end: Math.min(end, start + MOST_BYTES - 1) }
}
