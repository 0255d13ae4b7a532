import { Refusal } from '@visavis/contract/errors'
import { DATA_CLASSES, DATA_DAYS, DataClass } from '@visavis/contract/http'
import type { DataClassView, RouteReply, routes } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { newId } from '../../platform/ids.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit, AuditActor } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { SOON_MS, cutoffOf, daysAt, idsHash } from './data-days-rules.ts'
import type { DaysRule } from './data-days-rules.ts'
import type { PersonalDataRepo } from './personal-data.repo.ts'

export type PersonalDataDeps = {
  readonly repo: PersonalDataRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly log: Logger
}
type Setting = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly dataClass: DataClass
  readonly days: number
}

/** Who destroys by the clock. */
const SYSTEM: AuditActor = { type: 'system', actorId: 'personalData.run' }
/** Rows that go in one transaction, with one tombstone. */
const AT_ONCE = 1_000

/** What personal data are kept, and how long. */
export type PersonalData = ReturnType<typeof createPersonalData>

export function createPersonalData(deps: PersonalDataDeps) {
  return {
    read: () => read(deps),
    /** Refuses with BAD_REQUEST what is out of the class's bounds. */
    set: (tx: Tx, setting: Setting) => set(tx, setting, deps),
    run: () => run(deps),
  }
}

async function read(deps: PersonalDataDeps): Promise<RouteReply<typeof routes.personalData>> {
  const { repo } = deps
  const rules = new Map((await repo.rules()).map((rule) => [rule.dataClass, rule]))
  const heldFrom = await repo.heldFrom()
  const classes: DataClassView[] = []
  for (const dataClass of DATA_CLASSES) {
    classes.push(await viewOf(dataClass, { rule: rules.get(dataClass) ?? null, heldFrom }, deps))
  }
  const tombstones = (await repo.tombstones()).map((row) => ({
    ...row,
    dataClass: DataClass.parse(row.dataClass),
    destroyedAt: row.destroyedAt.toISOString(),
    olderThan: row.olderThan.toISOString(),
  }))
  return { classes, tombstones, heldFrom: heldFrom?.toISOString() ?? null }
}

type Standing = { readonly rule: DaysRule; readonly heldFrom: Date | null }

async function viewOf(
  dataClass: DataClass,
  { rule, heldFrom }: Standing,
  { repo, clock }: PersonalDataDeps,
): Promise<DataClassView> {
  const now = clock.now()
  const { days, shortensAt } = daysAt(dataClass, rule, now)
  const cutoff = cutoffOf(days, now, heldFrom)
  const soon = cutoffOf(days, new Date(now.getTime() + SOON_MS), heldFrom)
  const { kept, due, dueSoon, oldest } = await repo.figures(dataClass, { cutoff, soon })
  const { min, max } = DATA_DAYS[dataClass]
  const goesAfterMs = now.getTime() - cutoffOf(days, now, null).getTime()
  return {
    ...{ dataClass, min, max, kept, due, dueSoon, days: rule?.days ?? days },
    shortensAt: shortensAt?.toISOString() ?? null,
    nextAt: oldest === null ? null : new Date(oldest.getTime() + goesAfterMs).toISOString(),
  }
}

async function set(tx: Tx, setting: Setting, deps: PersonalDataDeps): Promise<DataClassView> {
  const { repo, audit, clock } = deps
  const { actor, requestId, dataClass, days } = setting
  const { min, max } = DATA_DAYS[dataClass]
  if (days < min || days > max) {
    const cure = `Between ${min} and ${max} days.`
    throw new Refusal('BAD_REQUEST', { fields: [{ field: 'days', cure }] })
  }
  const now = clock.now()
  const { days: daysBefore } = daysAt(dataClass, await repo.rule(tx, dataClass), now)
  const rule = { days, daysBefore, changedAt: now }
  await repo.setRule(tx, { dataClass, ...rule, changedBy: actor.accountId })
  await audit.append(tx, {
    ...{ facilityId: null, actor: auditActorOf(actor), requestId, outcome: 'allow' },
    action: 'personalData.setDays',
    object: { type: 'personalData', objectId: dataClass },
    detail: { days, daysBefore },
  })
  return viewOf(dataClass, { rule, heldFrom: await repo.heldFrom(tx) }, deps)
}

/** Destroys what is past its day, class by class; what a crash left is done by the next run. */
async function run(deps: PersonalDataDeps): Promise<void> {
  const { repo, clock, log } = deps
  const rules = new Map((await repo.rules()).map((rule) => [rule.dataClass, rule]))
  for (const dataClass of DATA_CLASSES) {
    const { days } = daysAt(dataClass, rules.get(dataClass) ?? null, clock.now())
    let count = 0
    for (let some = AT_ONCE; some === AT_ONCE; count += some) {
      some = await endSome({ dataClass, days }, deps)
    }
    if (count > 0) log.info({ dataClass, count }, 'personal data were destroyed')
  }
}

async function endSome(
  { dataClass, days }: { dataClass: DataClass; days: number },
  { repo, transact, audit, clock }: PersonalDataDeps,
): Promise<number> {
  return transact(async (tx) => {
    const now = clock.now()
    const cutoff = cutoffOf(days, now, await repo.heldFrom(tx))
    const ids = await repo.endSome(tx, { dataClass, cutoff, take: AT_ONCE, now })
    if (ids.length === 0) return 0
    const [tombstoneId, sha256, count] = [newId(), idsHash(ids), ids.length]
    const row = { tombstoneId, dataClass, destroyedAt: now, olderThan: cutoff, days, count, sha256 }
    await repo.addTombstone(tx, row)
    await audit.append(tx, {
      ...{ facilityId: null, actor: SYSTEM, action: 'personalData.destroy', outcome: 'allow' },
      object: { type: 'personalData', objectId: tombstoneId },
      detail: { dataClass, count, days, sha256 },
    })
    return count
  })
}
