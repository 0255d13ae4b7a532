import type { IncomingHttpHeaders } from 'node:http'

/** The headers by which somebody asks for a part of a file. */
export type RangeHeaders = {
  readonly range?: string | undefined
  readonly ifRange?: string | undefined
}

/** Those of a request. */
export function rangeHeadersOf({
  headers,
}: {
  readonly headers: IncomingHttpHeaders
}): RangeHeaders {
  const ifRange = headers['if-range']
  return { range: headers.range, ...(typeof ifRange === 'string' ? { ifRange } : {}) }
}

/** Which bytes of a file are asked for; `end` is the last byte, as in the header. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' }

const SINGLE_RANGE = /^bytes=(\d*)-(\d*)$/

/**
 * RFC 9110 §14.2. A header of another unit, form or with several ranges counts as absent: the whole is
 * a right answer to it. So it is for who has begun with other bytes than these (§13.1.5); `tag` names these.
 */
export function byteRange(
  headers: RangeHeaders,
  { bytes: size, tag }: { bytes: number; tag: string },
): ByteRange {
  const [, first = '', last = ''] = singleRange(headers, tag) ?? []
  if (first === '' && last === '') return { kind: 'whole' }
  if (first === '') return suffix(Number(last), size)
  return stretch(Number(first), last === '' ? size - 1 : Number(last), size)
}

function singleRange({ range, ifRange }: RangeHeaders, tag: string): RegExpExecArray | null {
  const isOfThese = ifRange === undefined || ifRange === `"${tag}"`
  return isOfThese ? SINGLE_RANGE.exec(range ?? '') : null
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
