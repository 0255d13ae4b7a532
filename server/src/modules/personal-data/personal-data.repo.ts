import type { DataClass } from '@visavis/contract/http'
import type { Database, Prisma, Tx } from '@visavis/prisma'
import { SOURCES } from './sources.repo.ts'

/** What a class comes to now. */
export type ClassFigures = {
  readonly kept: number
  readonly due: number
  readonly dueSoon: number
  readonly oldest: Date | null
}

/** So many tombstones are shown: a year of a busy service's. */
const SHOWN = 100

export type PersonalDataRepo = ReturnType<typeof createPersonalDataRepo>

/** Rows of personal data that end by the clock, their rules, and what is left of them. */
export function createPersonalDataRepo(db: Database) {
  return {
    rules: () => db.personalDataRule.findMany(),
    rule: (tx: Tx, dataClass: DataClass) =>
      tx.personalDataRule.findUnique({ where: { dataClass } }),
    async setRule(
      tx: Tx,
      { dataClass, ...rule }: Prisma.PersonalDataRuleUncheckedCreateInput,
    ): Promise<void> {
      await tx.personalDataRule.upsert({
        where: { dataClass },
        create: { dataClass, ...rule },
        update: rule,
      })
    },
    tombstones: () =>
      db.personalDataTombstone.findMany({
        orderBy: [{ destroyedAt: 'desc' }, { tombstoneId: 'desc' }],
        take: SHOWN,
      }),
    async addTombstone(tx: Tx, row: Prisma.PersonalDataTombstoneCreateManyInput): Promise<void> {
      await tx.personalDataTombstone.createMany({ data: [row] })
    },
    /** What an open incident is about begins here; null: none is open. */
    async heldFrom(tx: Tx = db): Promise<Date | null> {
      const { _min } = await tx.incident.aggregate({
        where: { state: 'OPEN' },
        _min: { fromAt: true },
      })
      return _min.fromAt
    },
    endSome,
    async figures(
      dataClass: DataClass,
      { cutoff, soon }: { cutoff: Date; soon: Date },
    ): Promise<ClassFigures> {
      const [figures] = await db.$queryRaw<[ClassFigures]>`
        SELECT count(*)::int AS kept, min(over_at) AS oldest,
          count(*) FILTER (WHERE over_at < ${cutoff}::timestamptz)::int AS due,
          count(*) FILTER (WHERE over_at < ${soon}::timestamptz)::int AS "dueSoon"
        FROM (${SOURCES[dataClass].rows}) AS kept_rows`
      return figures
    },
  }
}

type Ending = {
  readonly dataClass: DataClass
  readonly cutoff: Date
  readonly take: number
  readonly now: Date
}

/** Ends the oldest that were over before; gives their ids, none when there are no more. */
async function endSome(
  tx: Tx,
  { dataClass, cutoff, take, now }: Ending,
): Promise<readonly string[]> {
  const { rows, before, end } = SOURCES[dataClass]
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM (${rows}) AS kept_rows WHERE over_at < ${cutoff}::timestamptz
    ORDER BY over_at, id LIMIT ${take}`
  const ids = found.map(({ id }) => id)
  if (ids.length === 0) return ids
  if (before) await tx.$executeRaw(before(ids))
  const ended = await tx.$queryRaw<{ id: string }[]>(end(ids, now))
  return ended.map(({ id }) => id)
}
