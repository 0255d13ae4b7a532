import { DateTime } from 'luxon'
import type { Tx } from '../../src/database.ts'
import { aNotice, aTask } from '../builders/booking.ts'
import { aRestriction, aRestrictionOverride } from '../builders/permission.ts'
import { aBlackout } from '../builders/timetable.ts'
import { bookIfFree } from './book-if-free.ts'
import { DEMO_DESK_VISITS, DEMO_LOST_NOTICE } from './demo-desk.ts'
import type { DemoDeskVisit } from './demo-desk.ts'
import { DEMO_FACILITIES } from './demo-data.ts'
import { stableId } from './stable-id.ts'

const DESK = 'krasnoyarsk'
const facilityId = stableId(`facility/${DESK}`)
const visitIdOf = (key: string) => stableId(`visit/desk/${key}`)
const taskIdOf = (key: string) => stableId(`task/desk/${key}`)
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DAYS_OF_RESTRICTION = 90

/** Stores what has happened to some people of one facility, and the tasks that came of it; once. */
export async function insertDemoDesk(tx: Tx, now: Date): Promise<void> {
  if ((await tx.task.count({ where: { taskId: taskIdOf('death') } })) > 0) return
  for (const visit of DEMO_DESK_VISITS) await insertDeskVisit(tx, visit, now)
  await transfer(tx)
  await insertRestriction(tx, now)
  await insertDeath(tx, now)
  await insertProfessionalTask(tx, now)
  await insertLostNotice(tx, now)
}

/** Without a free terminal at that time there is no visit, and no task about it. */
async function insertDeskVisit(tx: Tx, visit: DemoDeskVisit, now: Date): Promise<void> {
  const { key, pair, terminal, row, task, closes } = visit
  const startsAt = startOf(visit, now)
  const visitId = visitIdOf(key)
  const given = { ...row, visitId }
  const booked = await bookIfFree(tx, { pair, startsAt, now, terminal, row: given })
  if (booked === null) return
  // Its session begins to be when it is confirmed.
  if (row?.bookingState === 'REQUESTED') await tx.visitSession.delete({ where: { visitId } })
  if (closes) await tx.blackout.create({ data: blackoutOf(closes, { terminal, startsAt }) })
  await tx.task.create({
    data: aTask({
      taskId: taskIdOf(key),
      facilityId,
      visitId,
      inmateId: stableId(`inmate/${pair.inmate}`),
      ...(closes === 'TERMINAL' ? { terminalId: terminalIdOf(terminal) } : {}),
      ...task,
      ...dueIn(DAY_MS, now),
    }),
  })
}

const terminalIdOf = (name: string) => stableId(`terminal/${DESK}/${name}`)

function startOf({ daysAhead, at }: DemoDeskVisit, now: Date): Date {
  const zone = DEMO_FACILITIES.find(({ key }) => key === DESK)?.timeZone ?? 'UTC'
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  const day = DateTime.fromJSDate(now, { zone }).startOf('day').plus({ days: daysAhead })
  return day.set({ hour, minute }).toJSDate()
}

function blackoutOf(
  closes: NonNullable<DemoDeskVisit['closes']>,
  { terminal, startsAt }: { terminal: string; startsAt: Date },
) {
  const stretch = {
    startsAt: new Date(startsAt.getTime() - HOUR_MS),
    endsAt: new Date(startsAt.getTime() + HOUR_MS),
  }
  return closes === 'TERMINAL'
    ? aBlackout({
        ...stretch,
        scope: 'TERMINAL',
        terminalId: terminalIdOf(terminal),
        reason: 'The screen is broken',
      })
    : aBlackout({
        ...stretch,
        scope: 'WING',
        facilityId,
        wing: 'B',
        reason: 'The wing is being painted',
      })
}

const dueIn = (ms: number, now: Date) => ({
  createdAt: now,
  dueAt: new Date(now.getTime() + ms),
})

/** Booked here, and moved to the other facility since. */
async function transfer(tx: Tx): Promise<void> {
  const inmateId = stableId('inmate/anton')
  const data = { facilityId: stableId('facility/kaliningrad'), wing: 'B' }
  await tx.inmate.update({ where: { inmateId }, data })
}

/** A restriction that a booked visit runs into, and the exception that the scheduler asks for (EL-5). */
async function insertRestriction(tx: Tx, now: Date): Promise<void> {
  const pair = { visitorId: stableId('visitor/larisa'), inmateId: stableId('inmate/rustam') }
  const asker = stableId(`account/scheduler@${DESK}.example.org`)
  const restrictionId = stableId('restriction/larisa/rustam')
  const overrideId = stableId('override/larisa/rustam')
  await tx.restriction.create({
    data: aRestriction({
      ...pair,
      restrictionId,
      facilityId,
      startsAt: now,
      endsAt: new Date(now.getTime() + DAYS_OF_RESTRICTION * DAY_MS),
      reason: 'A forbidden object was passed on at the last visit',
      createdBy: stableId(`account/facilityadmin@${DESK}.example.org`),
    }),
  })
  await tx.restrictionOverride.create({
    data: aRestrictionOverride({
      ...pair,
      overrideId,
      restrictionId,
      requestedBy: asker,
      requestedAt: now,
      expiresAt: new Date(now.getTime() + 14 * DAY_MS),
      reason: 'His birthday; nothing can be passed on by video',
    }),
  })
  await tx.task.create({
    data: aTask({
      taskId: taskIdOf('override'),
      facilityId,
      kind: 'DECIDE_OVERRIDE',
      ...pair,
      subjectId: overrideId,
      ...dueIn(DAY_MS, now),
    }),
  })
}

/** Nobody learns of a death by mail: a person calls each of the family. */
async function insertDeath(tx: Tx, now: Date): Promise<void> {
  const visitorId = stableId('visitor/polina')
  await tx.task.create({
    data: aTask({
      taskId: taskIdOf('death'),
      facilityId,
      kind: 'INMATE_DIED',
      visitorId,
      inmateId: stableId('inmate/stepan'),
      subjectId: visitorId,
      suggestion: 'CALL_VISITOR',
      ...dueIn(HOUR_MS, now),
    }),
  })
}

async function insertProfessionalTask(tx: Tx, now: Date): Promise<void> {
  const visitorId = stableId('visitor/sergei')
  await tx.task.create({
    data: aTask({
      taskId: taskIdOf('professional'),
      facilityId,
      kind: 'VERIFY_PROFESSIONAL',
      visitorId,
      subjectId: visitorId,
      ...dueIn(2 * DAY_MS, now),
    }),
  })
}

/** A mail that came back. */
async function insertLostNotice(tx: Tx, now: Date): Promise<void> {
  const { visitor, visit, ...words } = DEMO_LOST_NOTICE
  const visitorId = stableId(`visitor/${visitor}`)
  const noticeId = stableId(`notice/${visitor}`)
  const booked = await tx.visit.findUnique({ where: { visitId: visitIdOf(visit) } })
  if (booked === null) return
  const { visitId } = booked
  const when = { dueAt: now, createdAt: now, sentAt: now, dedupeKey: noticeId }
  await tx.notice.create({ data: aNotice({ noticeId, visitorId, visitId, ...words, ...when }) })
  await tx.task.create({
    data: aTask({
      taskId: taskIdOf('notice'),
      facilityId,
      kind: 'NOTICE_BOUNCED',
      visitorId,
      visitId,
      subjectId: noticeId,
      suggestion: 'CALL_VISITOR',
      ...dueIn(4 * HOUR_MS, now),
    }),
  })
}
