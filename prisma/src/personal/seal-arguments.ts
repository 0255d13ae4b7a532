import { panic } from '@visavis/contract/errors'
import type { FieldCipher } from './field-cipher.ts'
import { NOBODY, SEALED_TABLES } from './sealed-fields.ts'
import type { SealedTable } from './sealed-fields.ts'

type Row = Readonly<Record<string, unknown>>
type Sealing = { readonly cipher: FieldCipher; readonly table: SealedTable; readonly where: Row }

/**
 * The arguments of a query of `model` with its personal fields sealed, and with conditions on them put to their
 * indexes. A panic where a value has no owner, or a condition no index: it would find nothing, silently.
 */
export function sealArguments(
  cipher: FieldCipher,
  model: string | undefined,
  args: unknown,
): unknown {
  const table = model === undefined ? undefined : SEALED_TABLES[model]
  if (table === undefined || !isRow(args) || !concerns(table, args)) return args
  return sealAll(cipher, table, args)
}

/** Most queries of these tables name no personal field but in their `select`: they are not held up. */
function concerns(table: SealedTable, args: Row): boolean {
  const names = Object.keys(table.fields)
  const isIn = (part: unknown): boolean =>
    Array.isArray(part)
      ? part.some(isIn)
      : isRow(part) &&
        (names.some((name) => part[name] !== undefined) || LOGIC.some((word) => isIn(part[word])))
  return WRITTEN.some((word) => isIn(args[word])) || isIn(args['where'])
}

const WRITTEN = ['data', 'create', 'update'] as const
const LOGIC = ['AND', 'OR', 'NOT'] as const

async function sealAll(cipher: FieldCipher, table: SealedTable, args: Row): Promise<Row> {
  const where = isRow(args['where']) ? args['where'] : {}
  const sealing = { cipher, table, where }
  const sealed: Record<string, unknown> = { ...args }
  for (const word of WRITTEN) {
    const rows = args[word]
    if (Array.isArray(rows))
      sealed[word] = await Promise.all(rows.map((row) => sealRow(sealing, row)))
    else if (rows !== undefined) sealed[word] = await sealRow(sealing, rows)
  }
  if (args['where'] !== undefined) sealed['where'] = indexWhere(cipher, table, args['where'])
  return sealed
}

async function sealRow({ cipher, table, where }: Sealing, row: unknown): Promise<unknown> {
  if (!isRow(row)) return row
  const sealed: Record<string, unknown> = { ...row }
  for (const [field, { index }] of Object.entries(table.fields)) {
    const value = settingOf(row[field])
    if (value === undefined) continue
    const plain = value === null ? null : textOf(value, field)
    const ownerId = plain === null ? '' : ownerOf(table, { ...where, ...row })
    sealed[field] = plain === null ? null : await cipher.seal({ ownerId, field }, plain)
    if (index)
      sealed[index.field] = plain === null ? null : indexOf(cipher, { table, field }, plain)
  }
  return sealed
}

function settingOf(value: unknown): unknown {
  return isRow(value) && 'set' in value ? value['set'] : value
}

function textOf(value: unknown, field: string): string {
  return typeof value === 'string' ? value : panic(`a sealed ${field} is not a text`)
}

function ownerOf({ table, owners, orNobody }: SealedTable, row: Row): string {
  const ownerId = owners.map((owner) => row[owner]).find((id) => typeof id === 'string')
  if (ownerId !== undefined) return ownerId
  return orNobody ? NOBODY : panic(`a personal field of ${table} is written without its owner's id`)
}

/** What equal values of the field of that table are found by. */
export function indexOf(
  cipher: FieldCipher,
  { table, field }: { table: SealedTable; field: string },
  plain: string,
): string {
  return cipher.indexOf(`${table.table}.${field}`, plain)
}

function indexWhere(cipher: FieldCipher, table: SealedTable, where: unknown): unknown {
  if (Array.isArray(where)) return where.map((part) => indexWhere(cipher, table, part))
  if (!isRow(where)) return where
  return Object.fromEntries(
    Object.entries(where).map(([name, value]) => {
      if (name === 'AND' || name === 'OR' || name === 'NOT') {
        return [name, indexWhere(cipher, table, value)]
      }
      const field = table.fields[name]
      // Whether there is a value at all is seen without any key.
      if (field === undefined || value === undefined || isNullTest(value)) return [name, value]
      if (!field.index) return panic(`${table.table}.${name} is sealed and cannot be searched`)
      const toIndex = (plain: string) => indexOf(cipher, { table, field: name }, plain)
      return [field.index.field, conditionOf(value, toIndex)]
    }),
  )
}

function conditionOf(value: unknown, toIndex: (plain: string) => string): unknown {
  if (typeof value === 'string') return toIndex(value)
  if (isRow(value)) {
    const { equals, in: among, ...more } = value
    const isPlain = Object.keys(more).length === 0
    if (isPlain && typeof equals === 'string' && among === undefined) return toIndex(equals)
    if (isPlain && Array.isArray(among) && equals === undefined) {
      return { in: among.map((each) => toIndex(textOf(each, 'condition'))) }
    }
  }
  return panic('a sealed field is searched by equal values alone')
}

function isNullTest(value: unknown): boolean {
  return value === null || (isRow(value) && 'not' in value && value['not'] === null)
}

function isRow(value: unknown): value is Row {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array)
  )
}
