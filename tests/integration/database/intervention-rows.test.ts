import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertSmallVisit } from '@visavis/prisma/seed'
import { createTestDatabase } from '@visavis/prisma/test-database'
import type { TestDatabase } from '@visavis/prisma/test-database'
import { answerTo } from './refused.ts'

/** That a constraint of that name refuses the write. */
async function refusedBy(write: Promise<unknown>, constraint: string): Promise<void> {
  expect(await answerTo(write)).toContain(constraint)
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function aVisit(visitClass: 'social' | 'privileged') {
  return (await insertSmallVisit(database.db, { visitClass })).visit
}

const aRow = (visit: { visitId: string; monitor: 'AV' | 'SIGHT_ONLY' | 'NONE' }) => ({
  interventionId: randomUUID(),
  visitId: visit.visitId,
  monitor: visit.monitor,
  kind: 'MUTE' as const,
  beganAt: new Date(),
  parties: ['VISITOR' as const],
})

describe('rows of interventions', () => {
  it.each(['MUTE', 'SPEAK'] as const)(
    '[OV-1] [OV-5] %s is refused by the database where nobody may watch, and no row says otherwise',
    async (kind) => {
      const visit = await aVisit('privileged')
      const { db } = database
      const forbidden = { ...aRow(visit), kind }
      await refusedBy(db.intervention.create({ data: forbidden }), 'intervention_is_permitted')
      const lying = { ...forbidden, monitor: 'AV' as const }
      await refusedBy(db.intervention.create({ data: lying }), 'intervention_visit_id_monitor_fkey')
      const pause = { ...aRow(visit), kind: 'PAUSE' as const, reason: 'OTHER' }
      expect(await db.intervention.create({ data: pause })).toMatchObject({ endedAt: null })
    },
  )

  it('[OV-5] one mute of a side, one pause and one speech stand at a time', async () => {
    const visit = await aVisit('social')
    const { db } = database
    const first = await db.intervention.create({ data: aRow(visit) })
    await refusedBy(db.intervention.create({ data: aRow(visit) }), 'intervention_one_at_a_time')
    await db.intervention.create({ data: { ...aRow(visit), parties: ['INMATE'] } })
    const { interventionId } = first
    const endedAt = new Date(first.beganAt.getTime() + 1)
    await db.intervention.update({ where: { interventionId }, data: { endedAt } })
    await db.intervention.create({ data: aRow(visit) })
  })

  it('[OV-5] a pause and an end have a reason, a warning has words and was told', async () => {
    const visit = await aVisit('social')
    const { db } = database
    const both = { ...aRow(visit), parties: ['VISITOR' as const, 'INMATE' as const] }
    for (const kind of ['PAUSE', 'TERMINATE'] as const) {
      await refusedBy(
        db.intervention.create({ data: { ...both, kind } }),
        'intervention_with_reason',
      )
    }
    const warning = { ...both, kind: 'WARN' as const, toldAt: new Date(), toldTimes: 1 }
    await refusedBy(db.intervention.create({ data: warning }), 'intervention_warning_has_words')
    const untold = { ...both, kind: 'WARN' as const, texts: { en: 'Sit down.' } }
    await refusedBy(db.intervention.create({ data: untold }), 'intervention_warning_told')
  })
})
