import { Refusal } from '@visavis/contract/errors'
import { OUTCOMES } from '@visavis/contract/visit'
import { insertQuotaGrant, insertTimeCredit } from '@visavis/prisma/seed'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf } from '../rest/support/audit-log.ts'
import { LENGTH_MS, MINUTE_MS, aLedgerWorld } from './ledger-world.ts'
import type { LedgerWorld } from './ledger-world.ts'

const QUOTA = { visits: 2, period: 'MONTH' } as const
const DAY_MS = 86_400_000

let world: LedgerWorld
let inmateId: string
beforeAll(async () => {
  world = await aLedgerWorld()
})
beforeEach(async () => {
  await world.setPolicy({ quota: QUOTA, maxSavedVisits: 3 })
  inmateId = await world.anInmateId()
})
afterAll(() => world.drop())

const refusalOf = async (work: Promise<unknown>): Promise<Refusal | null> => {
  try {
    await work
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
const social = () => ({ facilityId: world.facilityId, visitClass: 'social' as const })
const left = () => world.service.quotaOf(world.db, inmateId)

describe('[BK-9] the quota', () => {
  it('is granted on demand, used visit by visit, and refused with the day it renews', async () => {
    expect(await left()).toMatchObject({ left: 2, renewsAt: new Date('2026-11-30T17:00:00Z') })
    expect((await world.useOnce(inmateId)).payment).toBe('QUOTA')
    expect((await world.useOnce(inmateId)).payment).toBe('QUOTA')
    const refusal = await refusalOf(world.useOnce(inmateId))
    expect(refusal?.code).toBe('QUOTA_USED')
    expect(refusal?.context.liftsAt).toBe('2026-11-30T17:00:00.000Z')
    expect(await left()).toMatchObject({ left: 0 })
  })

  it('writes nothing when it is only asked', async () => {
    await left()
    expect(await world.entriesOf(inmateId)).toEqual([])
  })

  it('is used once for a visit, however often it is confirmed', async () => {
    const { visitId } = await world.useOnce(inmateId)
    const ask = { visitId, inmateId, ...social(), lengthMs: LENGTH_MS }
    const again = await Promise.all(
      Array.from({ length: 8 }, () => world.transact((tx) => world.service.use(tx, ask))),
    )
    expect(new Set(again)).toEqual(new Set(['QUOTA']))
    expect(await left()).toMatchObject({ left: 1 })
  })

  it('is never overdrawn, whoever comes at once', async () => {
    const visits = await Promise.all(Array.from({ length: 12 }, () => world.aVisitOf(inmateId)))
    const answers = await Promise.all(
      visits.map((visitId) =>
        world
          .transact((tx) =>
            world.service.use(tx, { visitId, inmateId, ...social(), lengthMs: LENGTH_MS }),
          )
          .catch((error: unknown) => (error as Refusal).code),
      ),
    )
    expect(answers.filter((answer) => answer === 'QUOTA')).toHaveLength(2)
    expect(answers.filter((answer) => answer === 'QUOTA_USED')).toHaveLength(10)
    const granted = (await world.entriesOf(inmateId)).filter(({ kind }) => kind === 'GRANT')
    expect(granted).toMatchObject([{ units: 2, period: '2026-11' }])
  })

  it('is given back once, and can then be used again', async () => {
    const { visitId } = await world.useOnce(inmateId)
    const back = await Promise.all(
      Array.from({ length: 4 }, () =>
        world.transact((tx) => world.service.giveBack(tx, { visitId, reason: 'ILLNESS' })),
      ),
    )
    expect(back.filter(Boolean)).toHaveLength(1)
    expect(await left()).toMatchObject({ left: 2 })
  })

  it('counts neither official nor privileged visits, nor any where none are counted', async () => {
    for (const visitClass of ['official', 'privileged'] as const) {
      const seen = visitClass === 'privileged' ? { monitor: 'NONE', isRecorded: false } : {}
      const { payment } = await world.useOnce(inmateId, { visitClass, ...(seen as object) })
      expect(payment).toBe('NOTHING')
    }
    await world.setPolicy({ quota: { ...QUOTA, visits: null } })
    expect((await world.useOnce(inmateId)).payment).toBe('NOTHING')
    expect(await left()).toEqual({ left: null, renewsAt: null, creditMs: 0 })
    expect(await world.entriesOf(inmateId)).toEqual([])
  })
})

describe('[LV-5] time credit', () => {
  const grant = (ms: number) => insertTimeCredit(world.db, { inmateId, ms })
  const exhaust = async () => {
    await world.useOnce(inmateId)
    await world.useOnce(inmateId)
  }

  it('pays for a whole visit when the quota is used, and never for a part', async () => {
    await exhaust()
    await grant(LENGTH_MS - 1)
    expect((await refusalOf(world.useOnce(inmateId)))?.code).toBe('QUOTA_USED')
    await grant(1)
    expect((await world.useOnce(inmateId)).payment).toBe('CREDIT')
    expect(await left()).toMatchObject({ left: 0, creditMs: 0 })
  })

  it('is given back to the millisecond, and not a second time as undelivered minutes', async () => {
    await exhaust()
    await grant(LENGTH_MS)
    const { visitId } = await world.useOnce(inmateId)
    const end = { visitId, bookedMs: LENGTH_MS, deliveredMs: 0, owedMs: 0 }
    const settled = await world.transact((tx) =>
      world.service.settle(tx, { ...end, outcome: 'INMATE_REFUSED' }),
    )
    expect(settled).toEqual({ isCounted: true, isGivenBack: true, creditMs: 0 })
    expect(await left()).toMatchObject({ left: 0, creditMs: LENGTH_MS })
  })
})

describe('[LV-7] an ended visit', () => {
  const cells = OUTCOMES.flatMap((outcome) => [0, 0.4, 0.5, 1].map((share) => ({ outcome, share })))
  const isFacilitys = (outcome: string) =>
    /^(FACILITY_CANCELLED|NO_SHOW_INMATE|INMATE_REFUSED|FAILED_TECH_(FACILITY|PLATFORM))$/.test(
      outcome,
    )

  it.each(cells)('$outcome at $share is settled once', async ({ outcome, share }) => {
    const { visitId } = await world.useOnce(inmateId)
    const deliveredMs = LENGTH_MS * share
    const end = { visitId, outcome, bookedMs: LENGTH_MS, deliveredMs, owedMs: 0 }
    await world.transact((tx) => world.service.settle(tx, end))
    await world.transact((tx) => world.service.settle(tx, end))
    const isBack = isFacilitys(outcome) || (outcome === 'FAILED_TECH_VISITOR' && share < 0.5)
    expect(await left()).toMatchObject({
      left: isBack ? 2 : 1,
      creditMs: isFacilitys(outcome) ? LENGTH_MS - deliveredMs : 0,
    })
  })

  it('that staff ended is given back when the appeal is upheld', async () => {
    const { visitId } = await world.useOnce(inmateId)
    const end = { visitId, bookedMs: LENGTH_MS, deliveredMs: MINUTE_MS, owedMs: 0 }
    await world.transact((tx) => world.service.settle(tx, { ...end, outcome: 'STAFF_TERMINATED' }))
    expect(await left()).toMatchObject({ left: 1 })
    await world.transact((tx) => world.service.giveBack(tx, { visitId, reason: 'APPEAL_UPHELD' }))
    expect(await left()).toMatchObject({ left: 2 })
  })
})

describe('[BK-9] grants', () => {
  it('come to everybody in custody once a period, though two servers grant at once', async () => {
    const other = await world.anInmateId()
    const released = await world.anInmateId()
    const data = { custody: 'RELEASED' as const, custodyAt: world.clock.now() }
    await world.db.inmate.update({ where: { inmateId: released }, data })
    await Promise.all([world.grantDue(), world.grantDue()])
    expect(await world.grantDue()).toBe(0)
    for (const granted of [inmateId, other]) {
      expect(await world.entriesOf(granted)).toMatchObject([{ kind: 'GRANT', units: 2 }])
    }
    expect(await world.entriesOf(released)).toEqual([])
    const log = await entriesOf(world.db, world.facilityId)
    expect(log.filter(({ action }) => action === 'quota.grant')).not.toHaveLength(0)
  })

  it('let what was saved beyond the cap expire, in the new period only', async () => {
    const createdAt = new Date(world.clock.now().getTime() - DAY_MS)
    await insertQuotaGrant(world.db, { inmateId, units: 5, period: '2026-10', createdAt })
    await world.grantDue()
    expect((await world.entriesOf(inmateId)).slice(1)).toMatchObject([
      { kind: 'EXPIRY', units: -2, period: '2026-11' },
      { kind: 'GRANT', units: 2, period: '2026-11' },
    ])
    expect(await left()).toMatchObject({ left: 5 })
  })

  it('begin at the facility’s midnight, also on demand', async () => {
    await world.useOnce(inmateId)
    await world.useOnce(inmateId)
    const ms = Date.parse('2026-11-30T16:59:59Z') - world.clock.now().getTime()
    world.clock.advance(ms)
    expect(await left()).toMatchObject({ left: 0 })
    world.clock.advance(1_000)
    expect(await left()).toMatchObject({ left: 2 })
    expect((await world.useOnce(inmateId)).payment).toBe('QUOTA')
    world.clock.advance(-ms - 1_000)
  })

  it('do not come twice because a period’s counting changed its cap in between', async () => {
    await world.grantDue()
    await world.setPolicy({ quota: { visits: 6, period: 'MONTH' }, maxSavedVisits: 0 })
    world.clock.advance(DAY_MS)
    await world.grantDue()
    world.clock.advance(-DAY_MS)
    expect(await left()).toMatchObject({ left: 2 })
  })
})
