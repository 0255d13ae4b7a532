import { panic } from './errors.ts'

/** What may stand in an audit entry: no floats, whose text form languages disagree about, and no null. */
export type CanonicalValue =
  string | number | boolean | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue }

/**
 * The one JSON text of `value` by RFC 8785: no spaces, keys in UTF-16 order. Panics at anything that
 * two programs could write differently: fractions, unsafe integers, null, undefined, lone surrogates.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') return canonicalInteger(value)
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (isPlainObject(value)) return canonicalObject(value)
  return panic(`not canonical: a value of type ${typeof value}`)
}

/** In Unicode mode a paired surrogate is one code point, so only a lone one matches. */
const LONE_SURROGATE = /\p{Surrogate}/u

function canonicalString(value: string): string {
  if (LONE_SURROGATE.test(value)) panic('not canonical: a string with a lone surrogate')
  return JSON.stringify(value)
}

function canonicalInteger(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) panic(`not canonical: ${value}`)
  return String(value)
}

function canonicalObject(value: { readonly [key: string]: CanonicalValue }): string {
  // Without a comparator, toSorted() orders by UTF-16 code units: exactly what the RFC asks for.
  const members = Object.keys(value)
    .toSorted()
    .map((key) => {
      const member = value[key]
      if (member === undefined) return panic(`not canonical: ${key} is undefined`)
      return `${canonicalString(key)}:${canonicalJson(member)}`
    })
  return `{${members.join(',')}}`
}

function isPlainObject(value: unknown): value is { readonly [key: string]: CanonicalValue } {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}
