import { type Database, enrolmentCodeHash, verifySecret } from '@visavis/prisma'
import { formatSeedInfo, seedDemo } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTestTerminal } from '../../support/test-terminals.ts'

const MINUTE_MS = 60_000
const START = new Date('2026-11-22T09:00:20Z')
const later = (minutes: number) => new Date(START.getTime() + minutes * MINUTE_MS)

describe('the demo seed', () => {
  let test: TestDatabase
  let db: Database
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
  })
  afterAll(() => test.drop())

  const seed = (minutes: number) => seedDemo(db, { now: later(minutes), isProduction: false })
  const counts = async () => ({
    facilities: await db.facility.count(),
    inmates: await db.inmate.count(),
    visitors: await db.visitor.count(),
    accounts: await db.account.count(),
    visits: await db.visit.count(),
    codes: await db.terminalEnrolment.count(),
    templates: await db.sessionTemplate.count(),
    requests: await db.relationshipRequest.count(),
    tasks: await db.task.count(),
    professionals: await db.professional.count(),
    quota: await db.quotaEntry.count(),
  })

  it('makes one visit to join at once and one that starts in five minutes, at different facilities', async () => {
    const { visits } = await seed(0)
    expect(visits.map(({ kind, startsAt }) => [kind, startsAt.toISOString()])).toEqual([
      ['now', '2026-11-22T09:00:00.000Z'],
      ['soon', '2026-11-22T09:06:00.000Z'],
    ])
    expect(visits.map((visit) => visit.facility)).toEqual(['Krasnoyarsk', 'Kaliningrad'])
    expect(visits[0]).toMatchObject({
      facilityTime: '2026-11-22 16:00 Asia/Krasnoyarsk',
      visitorTime: '2026-11-22 12:00 Europe/Moscow',
    })
  })

  it('changes nothing but the codes when it runs again, also twice at once', async () => {
    const before = await counts()
    const [first, second] = await Promise.all([seed(1), seed(1)])
    expect(first.visits).toEqual(second.visits)
    expect(await counts()).toEqual(before)
  })

  it('makes new visits when the old ones are over, on terminals that are free', async () => {
    const before = await db.visit.count()
    await seed(31)
    const { visits } = await seed(31)
    expect(await db.visit.count()).toBe(before + 2)
    expect(visits).toHaveLength(2)
  })

  it('makes a new visit when somebody ended the one to join', async () => {
    const first = (await seed(62)).visits[0]
    const { visitId } = first ?? { visitId: '' }
    const data = { state: 'ENDED', outcome: 'COMPLETED', endedAt: later(63) } as const
    await db.visitSession.update({ where: { visitId }, data })
    const second = (await seed(63)).visits[0]
    expect(second?.visitId).not.toBe(visitId)
    expect(second?.inmateId).toBe(first?.inmateId)
  })

  it('keeps to free terminals however often it runs', async () => {
    for (let minute = 100; minute < 130; minute += 3) await seed(minute)
    const overlaps = await db.$queryRaw`
      SELECT 1 FROM resource_claim a JOIN resource_claim b
        ON (a.kind, a.resource_id) = (b.kind, b.resource_id) AND a.during && b.during
        AND a.claim_id < b.claim_id
      WHERE a.state = 'BOOKED' AND b.state = 'BOOKED'`
    expect(overlaps).toEqual([])
  })

  it('prints passwords, PINs and codes that are the right ones', async () => {
    const info = await seed(200)
    for (const { accountId, password } of info.accounts) {
      const { passwordHash } = await db.account.findUniqueOrThrow({ where: { accountId } })
      expect(await verifySecret(passwordHash, password)).toBe(true)
    }
    for (const { inmateId, pin } of info.inmates) {
      const { pinHash } = await db.inmate.findUniqueOrThrow({ where: { inmateId } })
      expect(await verifySecret(pinHash, pin)).toBe(true)
    }
    for (const { terminalId, enrolmentCode } of info.terminals) {
      const codeHash = enrolmentCodeHash(enrolmentCode ?? '')
      const row = await db.terminalEnrolment.findUniqueOrThrow({ where: { codeHash } })
      expect(row).toMatchObject({ terminalId, usedAt: null, expiresAt: later(200 + 24 * 60) })
      expect(formatSeedInfo(info)).toContain(enrolmentCode)
    }
  })

  it('gives no code for a terminal that is enrolled', async () => {
    const terminalId = (await seed(210)).terminals[0]?.terminalId ?? ''
    await connectTestTerminal(db, terminalId)
    expect((await seed(212)).terminals[0]?.enrolmentCode).toBe(null)
  })

  it('[TR-6] is refused in production', async () => {
    const seeding = seedDemo(db, { now: START, isProduction: true })
    await expect(seeding).rejects.toThrow(/refused in production/)
  })
})
