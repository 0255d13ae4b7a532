import type { DateTime } from 'luxon'
import { createLogger } from '@visavis/platform/log'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import type { FacilityPolicy } from '@visavis/prisma'
import {
  insertAccount,
  insertInmate,
  insertMonitorSeat,
  insertRelationship,
  insertSlot,
  insertSmallWorld,
  insertTemplate,
  insertTerminal,
  insertVisitor,
} from '@visavis/prisma/seed'
import { createAudit } from '../../../server/src/modules/audit/index.ts'
import { addBooking } from '../../../server/src/modules/booking/index.ts'
import { addEligibility } from '../../../server/src/modules/eligibility/index.ts'
import { createIdentity } from '../../../server/src/modules/identity/index.ts'
import { addLedger } from '../../../server/src/modules/ledger/index.ts'
import { addNotifications } from '../../../server/src/modules/notifications/index.ts'
import { createPolicy } from '../../../server/src/modules/policy/index.ts'
import { createTasks } from '../../../server/src/modules/tasks/index.ts'
import { addTimetable } from '../../../server/src/modules/timetable/index.ts'
import { createJobs } from '../../../server/src/platform/jobs.ts'
import type { ModuleGround } from '../../../server/src/platform/module-ground.ts'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

export type WaitingWorld = Awaited<ReturnType<typeof aWaitingWorld>>
export type House = Awaited<ReturnType<WaitingWorld['aHouse']>>
/** An inmate, and the one who visits: with an account, an approved relationship and a cookie. */
export type Pair = Awaited<ReturnType<House['aPair']>>

/** The server's REST side, and beside it the same modules by hand, so that a test can run their jobs. */
export async function aWaitingWorld() {
  const world = await aRestWorld()
  const desk = await modulesOf(world)
  return {
    ...world,
    ...desk,
    aHouse: (given: GivenHouse = {}) => aHouse(world, given),
    /** A keyed write, or a read where there is nothing to write. */
    call: callOf(world),
    /** The same write again: what is called by it has this key. */
    callWith: (key: string) => callOf(world, key),
    close: async () => {
      await desk.jobs.stop()
      await world.close()
    },
  }
}

function callOf({ app }: RestWorld, key?: string) {
  return (cookie: string, url: string, payload?: object) =>
    app.inject({
      method: payload === undefined ? 'GET' : 'POST',
      url,
      headers: { cookie, 'idempotency-key': key ?? crypto.randomUUID() },
      ...(payload === undefined ? {} : { payload }),
    })
}

async function modulesOf({ db, clock, config }: RestWorld) {
  const log = createLogger('test', 'silent')
  const jobs = createJobs({ databaseUrl: config.databaseUrl, log })
  const audit = createAudit(clock)
  const ground: ModuleGround = {
    bind: () => undefined,
    db,
    transact: createTransact(db),
    clock,
    audit,
    identity: createIdentity({ db, audit, clock, config }),
    config,
    log,
    jobs,
  }
  const policy = createPolicy(db, clock)
  const tasks = createTasks(ground)
  const notices = addNotifications(ground, { tasks, policy })
  const ledger = addLedger(ground, { policy })
  const eligibility = addEligibility(ground, { policy, ledger, tasks })
  const timetable = addTimetable(ground, { policy, tasks })
  const parts = { policy, tasks, notices, ledger, eligibility, timetable }
  const booking = addBooking(ground, parts)
  await jobs.start('send-only')
  return { jobs, booking, ledger, timetable, transact: ground.transact }
}

type GivenHouse = {
  readonly timeZone?: string
  readonly terminals?: number
  readonly policy?: Partial<FacilityPolicy>
}

/** A facility with terminals, a monitor seat for each, and a scheduler. */
async function aHouse(world: RestWorld, { timeZone, terminals = 3, policy }: GivenHouse) {
  const { db } = world
  const small = await insertSmallWorld(db)
  const { facilityId } = small.facility
  await db.facility.update({
    where: { facilityId },
    data: {
      policy: { ...DEFAULT_FACILITY_POLICY, ...policy },
      ...(timeZone === undefined ? {} : { timeZone }),
    },
  })
  const terminalIds = [small.terminal.terminalId]
  for (let number = 2; number <= terminals; number += 1) {
    await insertMonitorSeat(db, { facilityId, number })
    terminalIds.push((await insertTerminal(db, { facilityId })).terminalId)
  }
  const { accountId } = await insertAccount(db, { role: 'scheduler', facilityId })
  return {
    facilityId,
    terminalIds,
    scheduler: await accountCookie(world, accountId),
    aPair: () => aPair(world, facilityId),
    /** A slot three days ahead, unless told. */
    aSlot: async (given: { capacity?: number; startsAt?: Date; templateId?: string } = {}) => {
      const startsAt = given.startsAt ?? new Date(world.clock.now().getTime() + 3 * DAY_MS)
      return insertSlot(db, { facilityId, ...given, startsAt })
    },
    /** A weekly template whose first day is that local date, for real slots. */
    aTemplate: (first: DateTime) =>
      insertTemplate(db, {
        facilityId,
        weekday: first.weekday,
        startMinute: first.hour * 60 + first.minute,
        validFrom: new Date(`${first.toISODate() ?? ''}T00:00:00Z`),
      }),
  }
}

async function aPair(world: RestWorld, facilityId: string) {
  const { db } = world
  const { inmateId } = await insertInmate(db, { facilityId, givenName: 'Dmitri' })
  const { visitorId } = await insertVisitor(db)
  await insertRelationship(db, { inmateId, visitorId })
  const { accountId } = await insertAccount(db, { role: 'visitor', visitorId })
  const party = { inmateId, visitorIds: [visitorId], place: 'HOME' as const }
  return { inmateId, visitorId, accountId, party, cookie: await accountCookie(world, accountId) }
}
