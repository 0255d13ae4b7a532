import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DevelopmentMessage } from '@visavis/contract/http'
import { createLogger } from '@visavis/platform/log'
import type { Database } from '@visavis/prisma'
import { insertSmallWorld, insertVisit, insertVisitor } from '@visavis/prisma/seed'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { createAudit } from '../../../../server/src/modules/audit/index.ts'
import { addNotifications } from '../../../../server/src/modules/notifications/index.ts'
import type { Notices } from '../../../../server/src/modules/notifications/index.ts'
import { readMessages } from '../../../../server/src/modules/notifications/message-folder.ts'
import { createPolicy } from '../../../../server/src/modules/policy/index.ts'
import { createTasks } from '../../../../server/src/modules/tasks/index.ts'
import { createJobs } from '../../../../server/src/platform/jobs.ts'
import type { Jobs } from '../../../../server/src/platform/jobs.ts'
import type { ModuleGround } from '../../../../server/src/platform/module-ground.ts'
import { createTransact } from '../../../../server/src/platform/transact.ts'
import { movableClock } from '../../rest/support/movable-clock.ts'
import type { MovableClock } from '../../rest/support/movable-clock.ts'

/** The outbox on a database of its own, with its jobs put down but done only when a test says so. */
export type NoticeWorld = {
  readonly db: Database
  readonly clock: MovableClock
  readonly jobs: Jobs
  readonly notices: Notices
  readonly mailDir: string
  /** Does every job of `notice.send` that waits, once; how many failed. */
  readonly sendAll: () => Promise<number>
  readonly messages: () => Promise<DevelopmentMessage[]>
  readonly close: () => Promise<void>
}

export async function aNoticeWorld(): Promise<NoticeWorld> {
  const database = await createTestDatabase()
  const { db } = database
  const parent = await mkdtemp(join(tmpdir(), 'visavis-notices-'))
  const mailDir = join(parent, 'mail')
  const clock = movableClock(new Date())
  const log = createLogger('test', 'silent')
  const jobs = createJobs({ databaseUrl: database.url, log })
  const ground = {
    ...{ db, clock, log, jobs, transact: createTransact(db), audit: createAudit(clock) },
    bind: () => undefined,
    config: {
      publicOrigin: 'https://visits.example',
      isProduction: false,
      mail: { kind: 'folder', from: 'no-reply@visits.example' },
      mailDir,
      sms: { kind: 'folder' },
    },
  } as unknown as ModuleGround
  const parts = { tasks: createTasks({ clock }), policy: createPolicy(db, clock) }
  const notices = addNotifications(ground, parts)
  await jobs.start('send-only')
  return {
    ...{ db, clock, jobs, notices, mailDir },
    sendAll: () => doWaiting(db, jobs),
    messages: () => readMessages(mailDir, 100),
    close: async () => {
      await jobs.stop()
      await database.drop()
      await rm(parent, { recursive: true })
    },
  }
}

async function doWaiting(db: Database, jobs: Jobs): Promise<number> {
  const waiting = await db.$queryRaw<{ data: object }[]>`
    SELECT data FROM pgboss.job WHERE name = 'notice.send' ORDER BY created_on`
  const results = await Promise.allSettled(
    waiting.map(({ data }) => jobs.runNow('notice.send', data)),
  )
  return results.filter(({ status }) => status === 'rejected').length
}

const DAY_MS = 86_400_000

export type BookedPeople = Awaited<ReturnType<typeof aBookedVisit>>

/**
 * A visit in two days of two visitors, one of whom has a telephone; the facility is in Krasnoyarsk, they
 * live in Berlin.
 */
export async function aBookedVisit({ db, clock }: NoticeWorld, startsInMs = 2 * DAY_MS) {
  const small = await insertSmallWorld(db)
  const { facilityId } = small.facility
  const inmate = await db.inmate.update({
    where: { inmateId: small.inmate.inmateId },
    data: { givenName: 'Dmitri', familyName: 'Testov' },
  })
  const where = { facilityId }
  await db.facility.update({ where, data: { timeZone: 'Asia/Krasnoyarsk' } })
  const olga = await db.visitor.update({
    where: { visitorId: small.visitor.visitorId },
    data: { givenName: 'Olga', email: 'olga@example.org', timeZone: 'Europe/Berlin', phone: null },
  })
  const anna = await insertVisitor(db, {
    givenName: 'Anna',
    email: 'anna@example.org',
    phone: '+79990000001',
  })
  const startsAt = new Date(clock.now().getTime() + startsInMs)
  const { visit } = await insertVisit(db, {
    ...{ facilityId, inmateId: inmate.inmateId, terminalId: small.terminal.terminalId, startsAt },
    visitorIds: [olga.visitorId, anna.visitorId],
  })
  return { facilityId, inmate, olga, anna, visit, visitId: visit.visitId, startsAt }
}
