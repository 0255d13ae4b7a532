import { Refusal } from '@visavis/contract/errors'
import type { TemplateInput } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import type { FacilityRules } from '../policy/index.ts'
import { changeOf, planSlots } from './change-rules.ts'
import type { SeatedChange, SlotPlan } from './change-rules.ts'
import { comingOccurrences, filledUntil } from './fill.service.ts'
import { instantOf } from './local-time-rules.ts'
import type { Occurrence } from './slot-rules.ts'
import { slotsRepo } from './slots.repo.ts'
import { templatesRepo } from './templates.repo.ts'
import type { TemplateRow } from './templates.repo.ts'
import { affectedDigestOf } from './impact.service.ts'
import { affectedView } from './timetable-views.ts'
import type { ImpactInput } from './timetable-views.ts'
import { touchedRepo } from './touched-visits.repo.ts'

type Visit = Awaited<ReturnType<typeof touchedRepo.inTemplate>>[number]
/** Everything that saving would do, before any of it is done. */
export type TemplateChange = SeatedChange<Visit> & {
  readonly plan: SlotPlan
  readonly until: string
  readonly now: Date
  readonly impact: ImpactInput
}
/** A template as it is to be. */
export type TemplateWish = {
  readonly facility: FacilityRules
  /** As it is; null: it is new. */
  readonly stored: TemplateRow | null
  readonly template: TemplateInput
  /** Where in the body the template stands, so that a refusal names the field as it was sent. */
  readonly where: '' | 'template.'
}
const WRONG_WAY_ROUND = 'The last day is not before the first.'

/** Works out what saving would do; refuses dates and lengths that cannot be. */
export async function changeFor(tx: Tx, wish: TemplateWish, now: Date): Promise<TemplateChange> {
  const { facility, stored, template } = wish
  requireDates(wish)
  const until = lastDate(wish, now)
  const occurrences = comingOccurrences(template, { timeZone: facility.timeZone, until }, now)
  requireLegal(wish, occurrences)
  const wanted = { ...template, occurrences }
  const before = stored ? await slotsRepo.comingOf(tx, stored.templateId, now) : []
  const visits = stored ? await touchedRepo.inTemplate(tx, stored.templateId, now) : []
  const plan = planSlots(before, wanted)
  const seated = changeOf({ before, plan, wanted }, visits)
  const impact = {
    slotsAdded: plan.added.length + plan.reopened.length,
    slotsRemoved: plan.removed.length,
    affected: affectedView(seated.affected, facility.operatorId),
    affectedDigest: affectedDigestOf(seated.affected.map(({ visitId }) => visitId)),
  }
  return { ...seated, plan, until, now, impact }
}

/** Never before the slots that there are: those past a horizon that came nearer stay too. */
function lastDate({ facility, stored }: TemplateWish, now: Date): string {
  const { timeZone, policy } = facility
  const goal = filledUntil({ timeZone, horizonMs: policy.horizonMs }, now)
  const reached = stored?.filledUntil ?? goal
  return reached > goal ? reached : goal
}

function requireDates({ template, where }: TemplateWish): void {
  const { validFrom, validTo } = template
  if (validTo === null || validTo >= validFrom) return
  const fields = [{ field: `${where}validTo`, cure: WRONG_WAY_ROUND }]
  throw new Refusal('BAD_REQUEST', { fields })
}

/** The law's limit is of social visits; an on-demand session is when to ring, not how long to talk. */
function requireLegal(
  { facility, template, where }: TemplateWish,
  occurrences: readonly Occurrence[],
): void {
  const { visitClass, bookingMode, lengthMinutes, validFrom } = template
  if (visitClass !== 'social' || bookingMode === 'ON_DEMAND') return
  // Of a template that begins past the horizon: the law of its first day.
  const first = instantOf({ date: validFrom, minute: 0 }, facility.timeZone)
  const instants = occurrences.length > 0 ? occurrences.map(({ startsAt }) => startsAt) : [first]
  const limits = instants.map((at) => facility.limitsAt(at).maxVisitMinutes ?? Infinity)
  const limit = Math.min(...limits)
  if (lengthMinutes <= limit) return
  const cure = `By law a visit lasts ${limit} minutes at most.`
  throw new Refusal('LEGAL_LIMIT', { fields: [{ field: `${where}lengthMinutes`, cure }] })
}

/** Does it to the slots; the template's row is stored before. Closed slots first: only open ones are unique. */
export async function applyPlan(
  tx: Tx,
  {
    plan,
    until,
    now,
    templateId,
    template,
  }: TemplateChange & {
    readonly templateId: string
    readonly template: TemplateInput
  },
): Promise<void> {
  const { capacity, wings, bookingMode } = template
  await slotsRepo.close(tx, plan.removed, now)
  await slotsRepo.open(tx, [...plan.kept, ...plan.reopened], { capacity, wings, bookingMode })
  const added = plan.added.map(({ startsAt, endsAt }) => ({ templateId, startsAt, endsAt }))
  await slotsRepo.add(tx, added)
  await templatesRepo.setFilled(tx, [templateId], until)
}
