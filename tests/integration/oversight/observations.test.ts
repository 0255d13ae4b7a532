import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '@visavis/platform/log'
import { newId } from '@visavis/prisma'
import { insertSmallVisit } from '@visavis/prisma/seed'
import { createTestDatabase } from '@visavis/prisma/test-database'
import type { TestDatabase } from '@visavis/prisma/test-database'
import { createAudit } from '../../../server/src/modules/audit/index.ts'
import { createObservationsRepo } from '../../../server/src/modules/monitoring/observations.repo.ts'
import {
  GONE_AFTER_MS,
  createObservations,
} from '../../../server/src/modules/monitoring/observations.service.ts'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { until } from '../../support/until.ts'
import { aVisitWithPeople, bothInLobby } from '../live/support/live-people.ts'
import type { VisitPeople } from '../live/support/live-people.ts'
import { aLiveWorld } from '../live/support/live-world.ts'
import type { LiveWorld } from '../live/support/live-world.ts'
import { connectWall } from '../live/support/socket-client.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { movableClock } from '../rest/support/movable-clock.ts'

const MINUTE_MS = 60_000

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

const rowsOf = (visitId: string, isOpen: boolean) =>
  world.db.observation.findMany({
    where: { visitId, endedAt: isOpen ? null : { not: null } },
    orderBy: { kind: 'asc' },
  })
const kindsOf = async (visitId: string, isOpen = true) =>
  (await rowsOf(visitId, isOpen)).map(({ kind }) => kind).toSorted()

async function aWall({ facilityId, cookies }: VisitPeople) {
  const wall = await connectWall(world, cookies.officer)
  await wall.call('open', { facilityId })
  return wall
}

const watchedIn = async ({ facilityId }: VisitPeople) =>
  (await entriesOf(world.db, facilityId))
    .map(({ action }) => action)
    .filter((action) => /watch|listen/i.test(action))

describe('who watches what', () => {
  it('[TR-1] [OV-7] is a row for each way of watching, begun and ended with the screen, each in the log', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId } = people
    const { visitor, inmate } = await bothInLobby(world, people)
    const wall = await aWall(people)
    const none = { visitIds: [], stillVisitIds: [], focusVisitId: null }
    await wall.call('watch', { ...none, stillVisitIds: [visitId] })
    expect(await kindsOf(visitId)).toEqual(['STILLS'])
    await wall.call('watch', { ...none, visitIds: [visitId], focusVisitId: visitId })
    expect(await kindsOf(visitId)).toEqual(['LIVE', 'SOUND'])
    expect(await kindsOf(visitId, false)).toEqual(['STILLS'])
    await wall.call('watch', { ...none, visitIds: [visitId] })
    expect(await kindsOf(visitId)).toEqual(['LIVE'])
    await wall.call('endVisit', { visitId, reason: 'OTHER' })
    await until(async () => ((await kindsOf(visitId)).length === 0 ? true : null), 'its end')
    expect(await watchedIn(people)).toEqual([
      'visit.watchStills',
      'visit.watch',
      'visit.listen',
      'visit.unwatch',
      'visit.unwatch',
      'visit.unwatch',
    ])
    for (const client of [visitor, inmate, wall]) client.close()
  })

  it('[OV-7] ends with the wall’s socket, and with its server', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId } = people
    const screen = { visitIds: [visitId], focusVisitId: null }
    const first = await aWall(people)
    await first.call('watch', screen)
    first.close()
    await until(async () => ((await kindsOf(visitId)).length === 0 ? true : null), 'its end')
    const second = await aWall(people)
    await second.call('watch', screen)
    await world.restartServer()
    expect(await kindsOf(visitId)).toEqual([])
    expect(await kindsOf(visitId, false)).toEqual(['LIVE', 'LIVE'])
    second.close()
  })
})

describe('what a dead server left open', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.drop())

  /** Rows of a server that was heard last at `heardAt`, one for each kind. */
  async function leftOpen(kinds: readonly ('LIVE' | 'SOUND')[], heardAt: Date) {
    const { db } = test
    const { facility, visit, officerAccount } = await insertSmallVisit(db)
    const { facilityId } = facility
    const serverId = newId()
    await db.wallServer.create({ data: { serverId, beatAt: heardAt } })
    const { visitId } = visit
    const row = { visitId, monitor: 'AV', accountId: officerAccount.accountId, serverId } as const
    for (const kind of kinds) {
      const ids = { observationId: newId(), observerId: newId() }
      await db.observation.create({ data: { ...row, ...ids, kind, beganAt: heardAt } })
    }
    return { facilityId, serverId, visitId }
  }

  it('[OV-7] ends where it was heard last, and nothing of a server that lives', async () => {
    const { db } = test
    const clock = movableClock(new Date())
    const heardAt = clock.now()
    const dead = await leftOpen(['LIVE', 'SOUND'], heardAt)
    const alive = await leftOpen(['LIVE'], heardAt)
    const server = createObservations({
      repo: createObservationsRepo(db),
      transact: createTransact(db),
      audit: createAudit(clock),
      clock,
      newId,
      log: createLogger('test', 'silent'),
    })
    const open = () => db.observation.count({ where: { endedAt: null } })
    clock.advance(MINUTE_MS)
    // The database may have been away for all: who lives gets the time to be heard again.
    await server.beat()
    expect(await open()).toBe(3)
    clock.advance(GONE_AFTER_MS)
    const { serverId } = alive
    await db.wallServer.update({ where: { serverId }, data: { beatAt: clock.now() } })
    await server.beat()
    expect(await open()).toBe(1)
    const ended = await db.observation.findMany({ where: { visitId: dead.visitId } })
    expect(ended.map(({ endedAt }) => endedAt)).toEqual([heardAt, heardAt])
    const entries = await entriesOf(db, dead.facilityId)
    expect(entries.map(({ action, actor }) => [action, actor.type])).toEqual([
      ['visit.unwatch', 'system'],
      ['visit.unwatch', 'system'],
    ])
  })
})
