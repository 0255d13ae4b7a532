import fc from 'fast-check'
import type { z } from 'zod'

/** Values for the fields of a message by their name: ids of rows that exist, words that mean something. */
export type Hints = {
  /** UUIDs that a field of that name may hold; empty: nothing is known. */
  readonly idsOf: (field: string) => readonly string[]
  /** Texts with a meaning for a field of that name; empty: any text will do. */
  readonly wordsOf: (field: string) => readonly string[]
}

export const NO_HINTS: Hints = { idsOf: () => [], wordsOf: () => [] }

/** A kind of schema or check that the contract did not use when this was written: teach the converter. */
export class UnknownKind extends Error {
  override readonly name = 'UnknownKind'
}

type Context = { readonly hints: Hints; readonly field: string }
type Any = fc.Arbitrary<unknown>
type Def = z.core.$ZodTypes['_zod']['def']
type DefOf<Type extends Def['type']> = Extract<Def, { type: Type }>

/** Longer texts than a page would send are the business of whoever breaks values. */
const MOST_CHARACTERS = 300
const MOST_ITEMS = 4
const MOST_ENTRIES = 3

/**
 * JSON values that fit a schema of the contract, as a client would write them. Refinements (`custom` checks)
 * are not followed, so a few of the values are refused all the same. Throws {@link UnknownKind}.
 */
export function arbitraryOf(
  schema: z.core.$ZodType,
  context: Context = { hints: NO_HINTS, field: '' },
): Any {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'object') return objectOf(def, context)
  if (def.type === 'string') return textOf(def, context)
  if (def.type === 'number') return numberOf(def)
  if (def.type === 'array') return arrayOf(def, context)
  if (def.type === 'record') return recordOf(def, context)
  if (def.type === 'pipe') return arbitraryOf(def.in, context)
  return plainOf(def, context)
}

function plainOf(def: Def, context: Context): Any {
  if (def.type === 'boolean') return fc.boolean()
  if (def.type === 'null') return fc.constant(null)
  if (def.type === 'enum') return fc.constantFrom(...Object.values(def.entries))
  if (def.type === 'literal') return fc.constantFrom(...def.values)
  if (def.type === 'union')
    return fc.oneof(...def.options.map((option) => arbitraryOf(option, context)))
  if (def.type === 'nullable')
    return fc.option(arbitraryOf(def.innerType, context), { nil: null, freq: 3 })
  // Whoever makes an object leaves out what is undefined.
  if (def.type === 'optional' || def.type === 'default')
    return fc.option(arbitraryOf(def.innerType, context), { nil: undefined, freq: 3 })
  throw new UnknownKind(`no values for a schema of the kind ${def.type}`)
}

function objectOf(def: DefOf<'object'>, { hints }: Context): Any {
  const fields = Object.entries(def.shape).map(
    ([field, schema]) => [field, arbitraryOf(schema, { hints, field })] as const,
  )
  return fc.record(Object.fromEntries(fields)).map(withoutUndefined)
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined))
}

function arrayOf(def: DefOf<'array'>, { hints, field }: Context): Any {
  const { least, most } = lengthsOf(def)
  const item = arbitraryOf(def.element, { hints, field: field.replace(/s$/, '') })
  return fc.array(item, { minLength: least, maxLength: Math.min(most, least + MOST_ITEMS) })
}

function recordOf(def: DefOf<'record'>, { hints, field }: Context): Any {
  const key = arbitraryOf(def.keyType, { hints, field }).map(String)
  const value = arbitraryOf(def.valueType, { hints, field })
  return fc.dictionary(key, value, { maxKeys: MOST_ENTRIES })
}

function numberOf(def: DefOf<'number'>): Any {
  let [min, max, isWhole] = [-1e9, 1e9, false]
  for (const check of checksOf(def)) {
    if (check.check === 'number_format') isWhole = true
    else if (check.check === 'greater_than') min = Number(check.value)
    else if (check.check === 'less_than') max = Number(check.value)
    else throw new UnknownKind(`no numbers with a check of the kind ${check.check}`)
  }
  if (max < min) max = min + 1e9
  if (!isWhole) return fc.double({ min, max, noNaN: true })
  return fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
}

function textOf(def: DefOf<'string'>, { hints, field }: Context): Any {
  const made = 'format' in def ? formattedOf(String(def.format), def) : freeTextOf(def)
  const known = 'format' in def && def.format === 'uuid' ? hints.idsOf(field) : hints.wordsOf(field)
  if (known.length === 0) return made
  const some = fc.constantFrom(...known)
  return fc.oneof({ arbitrary: some, weight: 4 }, { arbitrary: made, weight: 1 })
}

const YEAR_1 = new Date('0001-01-01T00:00:00Z')
const YEAR_9999 = new Date('9999-12-31T23:59:59.999Z')
const NEARLY_MS = 40 * 86_400_000

/** Instants near to now, and some as far off as the form allows. */
function instants(): fc.Arbitrary<Date> {
  const now = Date.now()
  const between = (min: Date, max: Date) => fc.date({ min, max, noInvalidDate: true })
  const near = between(new Date(now - NEARLY_MS), new Date(now + NEARLY_MS))
  const any = between(YEAR_1, YEAR_9999)
  return fc.oneof({ arbitrary: near, weight: 4 }, { arbitrary: any, weight: 1 })
}

function formattedOf(format: string, def: DefOf<'string'>): Any {
  switch (format) {
    case 'uuid':
      return fc.uuid({ version: 4 })
    case 'email':
      return fc.nat(999).map((at) => `somebody-${at}@example.org`)
    case 'date':
      return instants().map((instant) => instant.toISOString().slice(0, 10))
    case 'datetime':
      return instants().map((instant) => instant.toISOString())
    case 'regex':
      return freeTextOf(def)
    default:
      throw new UnknownKind(`no texts of the format ${format}`)
  }
}

/** What a check that trims or writes small makes of it is a text like any other. */
const HARMLESS = new Set(['overwrite', 'custom', 'min_length', 'max_length', 'length_equals'])

function freeTextOf(def: DefOf<'string'>): Any {
  for (const check of checksOf(def)) {
    if (check.check === 'string_format' && 'pattern' in check && check.pattern instanceof RegExp)
      return fc.stringMatching(check.pattern)
    if (!HARMLESS.has(check.check))
      throw new UnknownKind(`no texts with a check of the kind ${check.check}`)
  }
  const { least, most } = lengthsOf(def)
  const bounds = {
    minLength: least,
    maxLength: Math.min(most, Math.max(least, MOST_CHARACTERS)),
  } as const
  const texts = fc.oneof(
    fc.string({ ...bounds, unit: 'grapheme-ascii' }),
    fc.string({ ...bounds, unit: 'grapheme' }),
  )
  // A grapheme has more than one UTF-16 unit; what is cut through is a lone surrogate, and welcome.
  return texts.map((text) => text.slice(0, most))
}

function lengthsOf(def: DefOf<'string' | 'array'>): { least: number; most: number } {
  let [least, most] = [0, Number.MAX_SAFE_INTEGER]
  for (const check of checksOf(def)) {
    if (check.check === 'min_length') least = check.minimum
    if (check.check === 'max_length') most = check.maximum
    if (check.check === 'length_equals') [least, most] = [check.length, check.length]
  }
  return { least, most }
}

function checksOf(def: Def): z.core.$ZodChecks['_zod']['def'][] {
  return (def.checks ?? []).map((check) => (check as z.core.$ZodChecks)._zod.def)
}
