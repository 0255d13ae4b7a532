import {
  type Claim,
  claimResources,
  type Database,
  moveClaims,
  newId,
  setHoldExpiry,
  sqlStateOf,
} from '@visavis/prisma'
import { insertSmallWorld, insertVisit } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, expect, it } from 'vitest'

const at = (time: string) => new Date(`2026-12-01T${time}:00Z`)

let test: TestDatabase
let db: Database
beforeAll(async () => {
  test = await createTestDatabase()
  db = test.db
})
afterAll(() => test.drop())

const claimOf = (resourceId: string, from: string, until: string): Claim => ({
  kind: 'TERMINAL',
  resourceId,
  startsAt: at(from),
  endsAt: at(until),
})
const refusalOf = async (claims: readonly Claim[]) => {
  const visitId = await insertOwnVisit(db)
  const claiming = db.$transaction((tx) => claimResources(tx, { visitId, claims, newId }))
  return claiming.then(() => null, sqlStateOf)
}

it('[BK-2] a visit’s claims are held longer, booked and released together, and only then free', async () => {
  const own = await insertOwnVisit(db)
  const [terminal, escort] = [newId(), newId()]
  const both = [
    claimOf(terminal, '10:00', '11:00'),
    { ...claimOf(escort, '10:00', '11:30'), kind: 'ESCORT' as const },
  ]
  const states = async () => {
    const rows = await db.resourceClaim.findMany({
      where: { resourceId: { in: [terminal, escort] } },
    })
    return rows.map(({ state, holdExpiresAt }) => [state, holdExpiresAt])
  }
  const held = { visitId: own, claims: both, newId, holdExpiresAt: at('09:00') }
  await db.$transaction((tx) => claimResources(tx, held))
  expect(await setHoldExpiry(db, { visitId: own, holdExpiresAt: at('09:10') })).toBe(2)
  expect(await states()).toEqual([1, 2].map(() => ['HELD', at('09:10')]))
  expect(await moveClaims(db, { visitId: own, to: 'BOOKED' })).toBe(2)
  expect(await states()).toEqual([1, 2].map(() => ['BOOKED', null]))
  expect(await setHoldExpiry(db, { visitId: own, holdExpiresAt: at('09:20') })).toBe(0)
  expect(await refusalOf(both)).toBe('23P01')
  // The visit's own claims on its inmate and terminal go with the two.
  expect(await moveClaims(db, { visitId: own, to: 'RELEASED' })).toBe(4)
  expect(await moveClaims(db, { visitId: own, to: 'BOOKED' })).toBe(0)
  expect(await refusalOf(both)).toBe(null)
})

async function insertOwnVisit(db: Database): Promise<string> {
  const { facility, inmate, terminal } = await insertSmallWorld(db)
  const { visit } = await insertVisit(db, {
    facilityId: facility.facilityId,
    inmateId: inmate.inmateId,
    terminalId: terminal.terminalId,
    visitorIds: [],
  })
  return visit.visitId
}
