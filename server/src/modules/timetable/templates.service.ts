import { Refusal } from '@visavis/contract/errors'
import type { TemplateInput } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { FacilityRules, Policy } from '../policy/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { openTasks, requireConfirmed } from './impact.service.ts'
import { slotsRepo } from './slots.repo.ts'
import { applyPlan, changeFor } from './template-change.service.ts'
import type { TemplateChange, TemplateWish } from './template-change.service.ts'
import { templatesRepo } from './templates.repo.ts'
import type { TemplateRow } from './templates.repo.ts'
import { templateView } from './timetable-views.ts'
import type { ImpactInput, TemplateViewInput } from './timetable-views.ts'

type Deps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: Audit
  readonly policy: Policy
  readonly tasks: Tasks
}
type Acting = { readonly actor: AccountActor; readonly requestId: string }

/** Session templates as staff make and change them (BK-7). */
export type TemplatesService = ReturnType<typeof createTemplatesService>

export function createTemplatesService(deps: Deps) {
  const { db, clock, policy, tasks, audit } = deps
  return {
    /** What saving would do; `templateId` null: of a new template. */
    preview: async (
      actor: AccountActor,
      { templateId, template }: { templateId: string | null; template: TemplateInput },
    ): Promise<ImpactInput> => {
      const facility = await facilityOf(policy, db, actor)
      const stored = templateId === null ? null : await requireTemplate(db, facility, templateId)
      const wish: TemplateWish = { facility, stored, template, where: 'template.' }
      return (await changeFor(db, wish, clock.now())).impact
    },
    add: async (
      tx: Tx,
      { actor, requestId, template }: Acting & { template: TemplateInput },
    ): Promise<TemplateViewInput> => {
      const facility = await facilityOf(policy, tx, actor)
      const now = clock.now()
      const wish: TemplateWish = { facility, stored: null, template, where: '' }
      const change = await changeFor(tx, wish, now)
      const templateId = newId()
      const row = { templateId, facilityId: facility.facilityId, createdAt: now, template }
      const stored = await templatesRepo.add(tx, row)
      await applyPlan(tx, { ...change, templateId, template })
      await append(audit, tx, { ...{ actor, requestId, templateId, change }, action: 'add' })
      return templateView(stored)
    },
    /** Refuses a version that is not the newest, and an impact that was not seen before. */
    change: async (
      tx: Tx,
      given: Acting & {
        templateId: string
        body: { version: number; template: TemplateInput; affectedDigest: string }
      },
    ): Promise<{ template: TemplateViewInput; impact: ImpactInput }> => {
      const { actor, templateId, body } = given
      const { template } = body
      const facility = await facilityOf(policy, tx, actor)
      const one = { facility, templateId, version: body.version }
      const stored = await lockTemplate(tx, one, clock.now())
      const wish: TemplateWish = { facility, stored, template, where: 'template.' }
      const change = await changeFor(tx, wish, clock.now())
      requireConfirmed(change.impact, body.affectedDigest)
      const saved = await templatesRepo.change(tx, templateId, template)
      await applyPlan(tx, { ...change, templateId, template })
      await settleTasks(tasks, tx, { change, templateId, doneBy: actor.accountId })
      await append(audit, tx, { ...given, change, action: 'change' })
      return { template: templateView(saved), impact: change.impact }
    },
  }
}

async function facilityOf(
  policy: Policy,
  tx: Tx,
  { facilityId }: AccountActor,
): Promise<FacilityRules> {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return policy.ofFacility(tx, facilityId)
}

async function requireTemplate(tx: Tx, { facilityId }: FacilityRules, templateId: string) {
  const row = await templatesRepo.of(tx, facilityId, templateId)
  if (row === null) throw new Refusal('NOT_FOUND')
  return row
}

/** From here on nobody fills or changes the template, or books into its coming slots. */
async function lockTemplate(
  tx: Tx,
  one: { facility: FacilityRules; templateId: string; version: number },
  now: Date,
): Promise<TemplateRow> {
  await templatesRepo.lock(tx, one.facility.facilityId, one.templateId)
  const stored = await requireTemplate(tx, one.facility, one.templateId)
  if (stored.version !== one.version) throw new Refusal('VERSION_CHANGED')
  await slotsRepo.lockComing(tx, one.templateId, now)
  return stored
}

/** A task for each visit that lost its place; none any more for those that have theirs again. */
async function settleTasks(
  tasks: Tasks,
  tx: Tx,
  { change, templateId, doneBy }: { change: TemplateChange; templateId: string; doneBy: string },
): Promise<void> {
  const about = { visits: change.affected, subjectId: templateId, now: change.now }
  await openTasks(tx, tasks, about)
  for (const { visitId } of change.healed) {
    const which = { kind: 'REBOOK_VISIT', subjectId: templateId, visitId } as const
    await tasks.close(tx, { ...which, doneBy, resolution: 'SLOT_REOPENED' })
  }
}

async function append(
  audit: Audit,
  tx: Tx,
  act: Acting & { templateId: string; change: TemplateChange; action: 'add' | 'change' },
): Promise<void> {
  const { slotsAdded, slotsRemoved, affected } = act.change.impact
  await audit.append(tx, {
    facilityId: act.actor.facilityId,
    actor: auditActorOf(act.actor),
    action: `template.${act.action}`,
    object: { type: 'template', objectId: act.templateId },
    outcome: 'allow',
    requestId: act.requestId,
    detail: { slotsAdded, slotsRemoved, affected: affected.length },
  })
}
