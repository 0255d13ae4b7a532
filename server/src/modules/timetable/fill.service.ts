import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit, AuditActor } from '../audit/index.ts'
import { dateOf, dayOf, localDateOf } from './local-time-rules.ts'
import { occurrencesOf } from './slot-rules.ts'
import type { Occurrence } from './slot-rules.ts'
import { slotsRepo } from './slots.repo.ts'
import { templatesRepo } from './templates.repo.ts'
import type { FilledFacility, TemplateRow } from './templates.repo.ts'

/** Slots reach this far past the booking horizon, so that a filler that rests for days is not noticed. */
const RESERVE_MS = 7 * 86_400_000
/** Facilities in one transaction: some thousand slots, which takes well under a second. */
const BATCH_SIZE = 20
const FILLER: AuditActor = { type: 'system', actorId: 'slots.fill' }

/** The last local date for which a facility has slots. */
export function filledUntil(
  { timeZone, horizonMs }: Pick<FilledFacility, 'timeZone' | 'horizonMs'>,
  now: Date,
): string {
  return localDateOf(new Date(now.getTime() + horizonMs + RESERVE_MS), timeZone)
}

/** The occurrences of a template from now to a last date. */
export function comingOccurrences(
  template: Parameters<typeof occurrencesOf>[0],
  { timeZone, until }: { readonly timeZone: string; readonly until: string },
  now: Date,
): Occurrence[] {
  const range = { from: localDateOf(now, timeZone), to: until }
  return occurrencesOf(template, timeZone, range).filter(({ startsAt }) => startsAt > now)
}

type Deps = {
  readonly db: Database
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
}

/** Makes slots of templates, ahead of the bookings. */
export type FillService = ReturnType<typeof createFillService>

export function createFillService(deps: Deps) {
  return {
    /** BK-7. All facilities, some at a time; resolves with the number of new slots. Safe to run twice. */
    fillSlots: async (now: Date = deps.clock.now()): Promise<number> => {
      let added = 0
      for (let after: string | null = null; ;) {
        const facilities: FilledFacility[] = await templatesRepo.facilitiesAfter(
          deps.db,
          after,
          BATCH_SIZE,
        )
        const last = facilities.at(-1)
        if (last === undefined) return added
        added += await deps.transact((tx) => fillBatch(deps.audit, tx, { facilities, now }))
        after = last.facilityId
      }
    },
  }
}

async function fillBatch(
  audit: Audit,
  tx: Tx,
  { facilities, now }: { facilities: readonly FilledFacility[]; now: Date },
): Promise<number> {
  const goals = facilities.map((one) => ({ ...one, until: filledUntil(one, now) }))
  const templates = await templatesRepo.lockUnfilled(tx, goals)
  const filled = goals.flatMap((goal) => {
    const own = templates.filter(({ facilityId }) => facilityId === goal.facilityId)
    return own.length === 0
      ? []
      : [{ goal, own, slots: own.flatMap((one) => slotsTo(goal, one, now)) }]
  })
  const added = await slotsRepo.add(
    tx,
    filled.flatMap(({ slots }) => slots),
  )
  for (const { goal, own } of filled) {
    await templatesRepo.setFilled(
      tx,
      own.map(({ templateId }) => templateId),
      goal.until,
    )
  }
  for (const { goal, own, slots } of filled) {
    await audit.append(tx, {
      facilityId: goal.facilityId,
      actor: FILLER,
      action: 'slots.fill',
      object: { type: 'facility', objectId: goal.facilityId },
      outcome: 'allow',
      detail: { until: goal.until, templates: own.length, slots: slots.length },
    })
  }
  return added
}

/** From the day after the last one that was filled: what was closed since does not come back. */
function slotsTo(
  goal: { readonly timeZone: string; readonly until: string },
  template: TemplateRow,
  now: Date,
) {
  const { templateId } = template
  const next = template.filledUntil && dateOf(dayOf(template.filledUntil) + 1)
  return comingOccurrences(template, goal, now)
    .filter(({ localDate }) => next === null || localDate >= next)
    .map(({ startsAt, endsAt }) => ({ templateId, startsAt, endsAt }))
}
