import type { Tx } from '../../src/database.ts'
import { newId } from '../../src/ids.ts'
import { aTask } from '../builders/booking.ts'
import { insertVisit } from '../builders/visits.ts'
import { DEMO_SHIFT_VISITS } from './demo-shift.ts'
import type { DemoShiftVisit } from './demo-shift.ts'
import { stableId } from './stable-id.ts'

const FACILITY = 'krasnoyarsk'
const facilityId = stableId(`facility/${FACILITY}`)
const officerAccountId = stableId(`account/officer@${FACILITY}.example.org`)
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const VISIT_MINUTES = 30
const AROUND_A_FLAG_MS = 30_000

/** A shift of one facility that is over, once: watched visits, advice, a warning, flags and the report that was signed. */
export async function insertDemoShift(tx: Tx, now: Date): Promise<void> {
  const reportId = stableId('shift-report/demo')
  if ((await tx.shiftReport.count({ where: { reportId } })) > 0) return
  const serverId = stableId('wall-server/demo')
  await tx.wallServer.create({ data: { serverId, beatAt: now } })
  for (const visit of DEMO_SHIFT_VISITS) await insertShiftVisit(tx, visit, { now, serverId })
  await tx.shiftReport.create({ data: { reportId, ...reportOf(now) } })
}

type Times = { readonly now: Date; readonly serverId: string }

async function insertShiftVisit(tx: Tx, given: DemoShiftVisit, times: Times): Promise<void> {
  const startsAt = startOf(given, times.now)
  const at = (minute: number): Date => new Date(startsAt.getTime() + minute * MINUTE_MS)
  const endedAt = at(VISIT_MINUTES)
  const { visit, seats } = await insertVisit(tx, {
    ...{ facilityId, startsAt, endsAt: endedAt, bookingState: 'FULFILLED' as const },
    visitId: visitIdOf(given),
    inmateId: stableId(`inmate/${given.pair.inmate}`),
    visitorIds: [stableId(`visitor/${given.pair.visitor}`)],
    terminalId: stableId(`terminal/${FACILITY}/${given.terminal}`),
    session: {
      ...{ state: 'ENDED' as const, outcome: 'COMPLETED' as const, endedAt, version: 12 },
      deliveredMs: VISIT_MINUTES * MINUTE_MS,
    },
  })
  const { visitId, monitor } = visit
  const seatOf = (party: 'VISITOR' | 'INMATE') =>
    seats.find((seat) => seat.party === party)?.seatId ?? null
  const of = { tx, given, visitId, monitor, at }
  await tx.timelineEntry.createMany({
    data: given.notes.map(({ kind, minute, of: party, detail = {} }) => ({
      ...{ entryId: newId(), visitId, kind, detail, at: at(minute) },
      seatId: party === undefined ? null : seatOf(party),
    })),
  })
  await insertFlags(of)
  await tx.observation.createMany({
    data: given.watched.map(([from, to]) => ({
      ...{ observationId: newId(), visitId, monitor, kind: 'LIVE' as const },
      ...{ accountId: officerAccountId, observerId: newId(), serverId: times.serverId },
      ...{ beganAt: at(from), endedAt: at(to) },
    })),
  })
  await insertAdvice({ ...of, seatId: seatOf('VISITOR') ?? '' })
  if (given.key === 'warned') await insertWarning(of)
}

type Of = {
  readonly tx: Tx
  readonly given: DemoShiftVisit
  readonly visitId: string
  readonly monitor: 'AV' | 'SIGHT_ONLY' | 'NONE'
  readonly at: (minute: number) => Date
}

async function insertFlags({ tx, given, visitId, monitor, at }: Of): Promise<void> {
  for (const { category, minute, reason, note } of given.flags) {
    const [flagId, flaggedAt] = [newId(), at(minute)]
    await tx.flag.create({
      data: {
        ...{ flagId, visitId, monitor, category, reason, note, at: flaggedAt },
        fromAt: new Date(flaggedAt.getTime() - AROUND_A_FLAG_MS),
        toAt: new Date(flaggedAt.getTime() + AROUND_A_FLAG_MS),
        flaggedBy: reason === null ? null : officerAccountId,
      },
    })
    await tx.task.create({
      data: aTask({
        ...{ facilityId, visitId, subjectId: flagId, kind: 'FLAG_REVIEW', suggestion: 'REVIEW' },
        dueAt: new Date(flaggedAt.getTime() + 3 * DAY_MS),
      }),
    })
  }
}

async function insertAdvice(of: Of & { readonly seatId: string }): Promise<void> {
  const { tx, given, visitId, monitor, at, seatId } = of
  await tx.advice.createMany({
    data: given.advice.map(({ kind, minute, confidence, judgement }) => ({
      ...{ adviceId: newId(), visitId, monitor, seatId, kind, confidence, judgement },
      ...{ beganAt: at(minute), endedAt: at(minute + 1) },
      judgedBy: judgement === null ? null : officerAccountId,
    })),
  })
}

async function insertWarning({ tx, visitId, monitor, at }: Of): Promise<void> {
  await tx.intervention.create({
    data: {
      ...{ interventionId: newId(), visitId, monitor, kind: 'WARN', parties: ['VISITOR'] },
      ...{ beganAt: at(14), begunBy: officerAccountId, toldAt: at(14), toldTimes: 1 },
      ...{ endedAt: at(15) },
      texts: {
        en: 'There is somebody in the picture who was not let in. Please ask them to leave the room.',
        ru: 'В кадре человек, которого не допустили к свиданию. Пожалуйста, попросите его выйти из комнаты.',
      },
    },
  })
}

const visitIdOf = ({ key }: DemoShiftVisit): string => stableId(`visit/shift/${key}`)

/** Whole quarters of an hour, as visits begin. */
function startOf({ minutesAgo }: DemoShiftVisit, now: Date): Date {
  const quarterMs = 15 * MINUTE_MS
  const ms = now.getTime() - minutesAgo * MINUTE_MS
  return new Date(Math.floor(ms / quarterMs) * quarterMs)
}

/** The report as an officer signed it at the end of the shift. */
function reportOf(now: Date) {
  const fromAt = new Date(now.getTime() - 300 * MINUTE_MS)
  const toAt = new Date(now.getTime() - 60 * MINUTE_MS)
  return {
    ...{ facilityId, fromAt, toAt, wing: null, writtenBy: officerAccountId, createdAt: toAt },
    note: 'Quiet morning. Terminal 1 was without a watching officer for three minutes: two walls were being changed over.',
    figures: figuresOf(now, { from: fromAt.toISOString(), to: toAt.toISOString() }),
  }
}

function figuresOf(now: Date, { from, to }: { from: string; to: string }) {
  const visits = DEMO_SHIFT_VISITS.map((visit) => ({
    ...{ visitId: visitIdOf(visit), visitClass: 'social', state: 'ENDED', outcome: 'COMPLETED' },
    startsAt: startOf(visit, now).toISOString(),
    endsAt: new Date(startOf(visit, now).getTime() + VISIT_MINUTES * MINUTE_MS).toISOString(),
    ...{ terminalName: visit.terminal, wing: visit.terminal === 'Terminal 3' ? 'B' : 'A' },
  }))
  const advice = DEMO_SHIFT_VISITS.flatMap((visit) => visit.advice)
  const kinds = [...new Set(advice.map(({ kind }) => kind))]
  const count = (kind: string, judgement?: string): number =>
    advice.filter((one) => one.kind === kind && (!judgement || one.judgement === judgement)).length
  const wholeMs = DEMO_SHIFT_VISITS.length * VISIT_MINUTES * MINUTE_MS
  return {
    ...{ from, to, at: to, timeZone: 'Asia/Krasnoyarsk', facilityName: 'Krasnoyarsk', wing: null },
    ...{ wings: ['A', 'B'], visits },
    hours: visits.map(({ startsAt }) => ({
      ...{ at: startsAt, planned: 0, running: 0, completed: 1, failed: 0 },
    })),
    waits: {
      help: { count: 1, medianMs: MINUTE_MS, p90Ms: MINUTE_MS, longestMs: MINUTE_MS },
      admission: {
        count: 6,
        medianMs: 2 * MINUTE_MS,
        p90Ms: 3 * MINUTE_MS,
        longestMs: 3 * MINUTE_MS,
      },
    },
    incidents: [],
    coverage: {
      ...{ mustMs: 0, mustWatchedMs: 0, allMs: wholeMs },
      allWatchedMs: wholeMs - 3 * MINUTE_MS,
    },
    advice: kinds.map((kind) => ({
      ...{ kind, told: count(kind), right: count(kind, 'RIGHT'), false: count(kind, 'FALSE') },
    })),
    open: { running: 0, unwatched: 0, helpCalls: 0, tasks: 0, flags: 3 },
    openTasks: [],
  }
}
