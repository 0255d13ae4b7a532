import type { BookingState } from '@visavis/contract'
import {
  type Claim,
  claimResources,
  type Database,
  newId,
  setHoldExpiry,
  sqlStateOf,
} from '@visavis/prisma'
import { insertSmallVisit } from '@visavis/prisma/seed'
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
const move = async (visitId: string, from: BookingState, to: BookingState): Promise<boolean> => {
  const { version } = await db.visit.findUniqueOrThrow({ where: { visitId } })
  const [row] = await db.$queryRaw<[{ isMoved: boolean }]>`
    SELECT move_booking(${visitId}::uuid, ${version}::integer, ARRAY[${from}, ${to}]::booking_state[],
      NULL, 'a test', NULL, NULL) AS "isMoved"`
  return row.isMoved
}
const refusalOf = async (claims: readonly Claim[]) => {
  const visitId = await insertOwnVisit('CONFIRMED')
  const claiming = db.$transaction((tx) => claimResources(tx, { visitId, claims, newId }))
  return claiming.then(() => null, sqlStateOf)
}

it('[BK-2] a visit’s claims are held longer, booked and released together, and only then free', async () => {
  const own = await insertOwnVisit('HELD')
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
  expect(await setHoldExpiry(db, { visitId: own, holdExpiresAt: at('09:10') })).toBe(4)
  expect(await states()).toEqual([1, 2].map(() => ['HELD', at('09:10')]))
  expect(await move(own, 'HELD', 'REQUESTED')).toBe(true)
  expect(await states()).toEqual([1, 2].map(() => ['BOOKED', null]))
  expect(await setHoldExpiry(db, { visitId: own, holdExpiresAt: at('09:20') })).toBe(0)
  expect(await refusalOf(both)).toBe('23P01')
  expect(await move(own, 'REQUESTED', 'WITHDRAWN')).toBe(true)
  expect(await states()).toEqual([1, 2].map(() => ['RELEASED', null]))
  // Of two who race for one visit only the first moves it.
  expect(await move(own, 'REQUESTED', 'WITHDRAWN')).toBe(false)
  expect(await refusalOf(both)).toBe(null)
})

async function insertOwnVisit(bookingState: BookingState): Promise<string> {
  return (await insertSmallVisit(db, { visitorIds: [], bookingState })).visit.visitId
}
