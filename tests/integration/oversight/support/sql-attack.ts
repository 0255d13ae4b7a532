import type { Database } from '@visavis/prisma'
import { answerTo } from '../../database/refused.ts'

/** How a writer might come: as always, with our triggers switched off, or as a replica that fires none. */
export const WAYS = ['openly', 'without triggers', 'as a replica'] as const
export type Way = (typeof WAYS)[number]

/** Triggers that fire always; to enable a table's triggers makes ordinary ones of them. */
const ALWAYS = {
  observation: ['observation_is_permitted', 'observation_stays', 'observation_no_truncate'],
  visit: ['visit_media_policy_is_final'],
  recording: ['recording_was_decided'],
  advice: ['advice_is_permitted'],
} as const
export type AttackedTable = keyof typeof ALWAYS

/** What the database answers to a statement that comes in that way: `stored`, or who refused it. */
export async function attemptSql(
  db: Database,
  { way, table, sql }: { way: Way; table: AttackedTable; sql: string },
): Promise<string> {
  if (way === 'without triggers') return withoutTriggers(db, table, sql)
  const role = way === 'as a replica' ? 'replica' : 'origin'
  return answerTo(
    db.$transaction([
      db.$executeRawUnsafe(`SET LOCAL session_replication_role = ${role}`),
      db.$executeRawUnsafe(sql),
    ]),
  )
}

async function withoutTriggers(db: Database, table: AttackedTable, sql: string): Promise<string> {
  const alter = (change: string) => db.$executeRawUnsafe(`ALTER TABLE ${table} ${change}`)
  await alter('DISABLE TRIGGER USER')
  const answer = await answerTo(db.$executeRawUnsafe(sql))
  await alter('ENABLE TRIGGER USER')
  for (const trigger of ALWAYS[table]) await alter(`ENABLE ALWAYS TRIGGER ${trigger}`)
  return answer
}
