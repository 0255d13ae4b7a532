import { type Database, newId } from '@visavis/prisma'
import { type GivenVisit, insertSmallVisit, insertSmallWorld } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MONITOR_MODES, type MonitorMode } from '@visavis/contract/media-policy'
import { answerTo } from '../database/refused.ts'

let test: TestDatabase
let db: Database
beforeAll(async () => {
  test = await createTestDatabase()
  db = test.db
})
afterAll(() => test.drop())

const AT = new Date('2026-11-22T12:00:00.000Z')
const STRETCH = { fromAt: new Date(AT.getTime() - 30_000), toAt: new Date(AT.getTime() + 30_000) }

async function aVisit(given: Partial<GivenVisit> = {}): Promise<string> {
  return (await insertSmallVisit(db, given)).visit.visitId
}

const flag = (visitId: string, monitor: MonitorMode, stretch: object = {}) => {
  const row = { flagId: newId(), visitId, monitor, category: 'OTHER' as const, at: AT }
  return db.flag.create({ data: { ...row, ...stretch } })
}

describe('SQL as the application’s role', () => {
  it('[OV-6] [OV-1] flags nothing of a visit that nobody may watch, whatever the row says', async () => {
    const visitId = await aVisit({ visitClass: 'privileged', monitor: 'NONE' })
    for (const monitor of MONITOR_MODES) {
      for (const stretch of [{}, STRETCH]) {
        expect(await answerTo(flag(visitId, monitor, stretch)), monitor).toContain('flag_')
      }
    }
    expect(await db.flag.count({ where: { visitId } })).toBe(0)
  })

  it('[OV-6] [OV-2] notes the moment alone of what is only seen, and always the stretch of the rest', async () => {
    const seen = await aVisit({ visitClass: 'official', monitor: 'SIGHT_ONLY' })
    expect(await answerTo(flag(seen, 'SIGHT_ONLY', STRETCH))).toContain('flag_stretch_is_permitted')
    expect(await answerTo(flag(seen, 'AV', STRETCH))).toContain('flag_')
    await flag(seen, 'SIGHT_ONLY')
    const heard = await aVisit()
    expect(await answerTo(flag(heard, 'AV'))).toContain('flag_stretch_is_permitted')
    const [half, beside] = [{ fromAt: AT }, { fromAt: STRETCH.toAt, toAt: STRETCH.toAt }]
    expect(await answerTo(flag(heard, 'AV', half))).toContain('flag_stretch_is_permitted')
    expect(await answerTo(flag(heard, 'AV', beside))).toContain('flag_stretch_is_around')
    await flag(heard, 'AV', STRETCH)
  })

  it('[OV-6] changes and removes no flag; it is taken back once, and stays', async () => {
    const { flagId } = await flag(await aVisit(), 'AV', STRETCH)
    const change = (data: object) => answerTo(db.flag.update({ where: { flagId }, data }))
    expect(await change({ note: 'something else' })).toContain('flag_stays')
    expect(await change({ withdrawnAt: AT, note: 'both' })).toContain('flag_stays')
    expect(await answerTo(db.flag.delete({ where: { flagId } }))).toContain('flag_stays')
    expect(await answerTo(db.$executeRaw`TRUNCATE flag`)).toContain('flag_stays')
    await db.flag.update({ where: { flagId }, data: { withdrawnAt: AT } })
    expect(await change({ withdrawnAt: null })).toContain('flag_stays')
  })

  it('[OV-7] changes no report that was signed', async () => {
    const { facility, officerAccount } = await insertSmallWorld(db)
    const { facilityId } = facility
    const row = { reportId: newId(), facilityId, fromAt: STRETCH.fromAt, toAt: STRETCH.toAt }
    const signed = { writtenBy: officerAccount.accountId, createdAt: AT, note: '', figures: {} }
    await db.shiftReport.create({ data: { ...row, ...signed } })
    const where = { reportId: row.reportId }
    expect(await answerTo(db.shiftReport.update({ where, data: { note: 'x' } }))).toContain(
      'shift_report_stays',
    )
    expect(await answerTo(db.shiftReport.delete({ where }))).toContain('shift_report_stays')
  })
})
