import { Prisma } from '../../generated/client/client.ts'
import type { Database, Tx } from '../database.ts'
import type { FieldCipher } from './field-cipher.ts'
import { personalOf } from './personal.ts'
import { indexOf } from './seal-arguments.ts'
import { NOBODY, SEALED_TABLES } from './sealed-fields.ts'
import type { SealedTable } from './sealed-fields.ts'

/** So many rows in one transaction: locks are short, and a crash loses nothing that was done. */
const ROWS_AT_ONCE = 500

type ClearRow = { readonly id: string; readonly owner: string | null } & Record<
  string,
  string | null
>

/**
 * Seals what was stored before personal fields were sealed, and answers how many rows that were. Safe to run at
 * every start, by several at once, and after a crash at any moment; with nothing left it reads an empty index.
 */
export async function sealClearRows(db: Database): Promise<number> {
  const { cipher } = personalOf(db)
  let sealed = 0
  for (const table of Object.values(SEALED_TABLES)) {
    for (;;) {
      const rows = await db.$transaction((tx) => sealSome(tx, cipher, table))
      sealed += rows
      if (rows === 0) break
    }
  }
  return sealed
}

async function sealSome(tx: Tx, cipher: FieldCipher, table: SealedTable): Promise<number> {
  const rows = await tx.$queryRaw<ClearRow[]>(clearRows(table))
  for (const row of rows) {
    const values = await Promise.all(
      Object.entries(table.fields).map(([field, { index }]) =>
        sealedValues(cipher, { table, field, hasIndex: index !== undefined }, row),
      ),
    )
    await tx.$executeRaw`UPDATE ${Prisma.raw(table.table)} SET ${Prisma.join(values.flat())}
      WHERE ${Prisma.raw(table.idColumn)} = ${row.id}::uuid`
  }
  return rows.length
}

/** Names that the client does not take for personal fields: what is in them is clear, or stays as it is. */
const readAs = (field: string) => `clear_${field}`

function clearRows({ table, idColumn, owners, fields }: SealedTable): Prisma.Sql {
  const columns = Object.entries(fields).map(
    ([field, { column }]) => Prisma.sql`${Prisma.raw(`${column} AS "${readAs(field)}"`)}`,
  )
  const ownerColumns = owners.map((owner) => Prisma.raw(`${snakeOf(owner)}::text`))
  const owner = Prisma.sql`coalesce(${Prisma.join([...ownerColumns, Prisma.sql`NULL::text`])})`
  return Prisma.sql`
    SELECT ${Prisma.raw(idColumn)}::text AS id, ${owner} AS owner, ${Prisma.join(columns)}
    FROM ${Prisma.raw(table)}
    WHERE ${Prisma.raw(clearCondition(Object.values(fields).map(({ column }) => column)))}
    LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED`
}

/** Word for word the condition of the migration's indexes. */
function clearCondition(columns: readonly string[]): string {
  return columns.map((column) => `${column} NOT LIKE 's1.%'`).join(' OR ')
}

type SealedColumn = {
  readonly table: SealedTable
  readonly field: string
  readonly hasIndex: boolean
}

async function sealedValues(
  cipher: FieldCipher,
  { table, field, hasIndex }: SealedColumn,
  row: ClearRow,
): Promise<Prisma.Sql[]> {
  const plain = row[readAs(field)] ?? null
  const { column, index } = table.fields[field] ?? { column: field }
  if (plain === null || plain.startsWith('s1.')) return [Prisma.raw(`${column} = ${column}`)]
  const sealed = await cipher.seal({ ownerId: row.owner ?? NOBODY, field }, plain)
  const setting = Prisma.sql`${Prisma.raw(column)} = ${sealed}`
  if (!hasIndex || !index) return [setting]
  const value = indexOf(cipher, { table, field }, plain)
  return [setting, Prisma.sql`${Prisma.raw(index.column)} = ${value}`]
}

function snakeOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
