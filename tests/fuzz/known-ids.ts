import type { Database } from '@visavis/prisma'
import type { Hints } from './zod-arbitrary.ts'

type Column = { readonly table_name: string; readonly column_name: string }

/** Enough to meet own and other people's things; more would only be slower. */
const MOST_OF_A_COLUMN = 25

/** What fields of these names want, besides any text. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  language: ['en', 'ru', 'fr', 'ase', 'zz-ZZ'],
  zone: ['Europe/London', 'Asia/Krasnoyarsk', 'Etc/GMT+12', 'No/Where'],
  timeZone: ['Europe/London', 'Asia/Krasnoyarsk', 'Etc/GMT+12', 'No/Where'],
  password: ['correct horse battery staple', 'a', 'long enough but wrong'],
  pin: ['4711', '0000', '00000000'],
  phone: ['+44 20 7946 0000', '+7 000 000'],
}

/** UUIDs by the name of the field that would hold them. */
export type Ids = Readonly<Record<string, readonly string[]>>

/** The ids that the rows of the database have now: some of each column of UUIDs; own, foreign and ended things alike. */
export async function idsOf(db: Database): Promise<Ids> {
  const columns = await db.$queryRaw<Column[]>`
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'uuid'`
  const known = new Map<string, Set<string>>()
  for (const { table_name: table, column_name: column } of columns) {
    const field = fieldOf(column)
    const ids = known.get(field) ?? new Set()
    for (const id of await newestOf(db, table, column)) ids.add(id)
    known.set(field, ids)
  }
  return Object.fromEntries([...known].map(([field, ids]) => [field, [...ids]]))
}

/** Values that reach far into the server: these ids, and words with a meaning. */
export function hintsOf(ids: Ids): Hints {
  const everyVisitor = ids['visitorId'] ?? []
  return {
    idsOf: (field) => ids[field] ?? [],
    // A list in a query is one text.
    wordsOf: (field) =>
      field === 'visitorIds'
        ? [everyVisitor.slice(0, 2).join(','), everyVisitor.join(',')]
        : (WORDS[field] ?? []),
  }
}

async function newestOf(db: Database, table: string, column: string): Promise<string[]> {
  // Both names come from the catalogue of the database itself.
  const rows = await db.$queryRawUnsafe<{ id: string }[]>(
    `SELECT DISTINCT "${column}"::text AS id FROM "${table}"
     WHERE "${column}" IS NOT NULL ORDER BY 1 DESC LIMIT ${MOST_OF_A_COLUMN}`,
  )
  return rows.map(({ id }) => id)
}

/** `visit_id` is `visitId` on the wire. */
function fieldOf(column: string): string {
  return column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}
