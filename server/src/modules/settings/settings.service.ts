import { Refusal } from '@visavis/contract/errors'
import { settingFaults } from '@visavis/contract/facility-settings'
import type { FacilitySettings, FacilitySettingsView } from '@visavis/contract/http'
import type { Limits } from '@visavis/contract/limits'
import type { Database } from '@visavis/prisma'
import type { Jobs } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { tellRulesChanged } from '../life-events/index.ts'
import type { FacilityRules, Policy } from '../policy/index.ts'
import { changedSettings, cureOf, isOfLaw, lawOf, settingsOf } from './settings-rules.ts'
import type { Changed } from './settings-rules.ts'
import { settingsRepo } from './settings.repo.ts'

type Deps = {
  readonly db: Database
  readonly policy: Policy
  readonly jobs: Pick<Jobs, 'send'>
  readonly audit: Audit
}
type Setting = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly version: number
  readonly settings: FacilitySettings
}

/** What a facility decides for itself, for its administrator. */
export type SettingsService = ReturnType<typeof createSettingsService>

export function createSettingsService(deps: Deps) {
  return {
    async read({ facilityId }: AccountActor): Promise<FacilitySettingsView> {
      return viewOf(await deps.policy.ofFacility(deps.db, required(facilityId)))
    },
    /** Stores what has changed with its audit entry; open visits follow, bookings stay as they were made. */
    set: (tx: Tx, setting: Setting) => set(tx, setting, deps),
  }
}

async function set(
  tx: Tx,
  setting: Setting,
  { policy, jobs, audit }: Deps,
): Promise<FacilitySettingsView> {
  const { settings, version, actor } = setting
  const facilityId = required(actor.facilityId)
  const rules = await policy.ofFacility(tx, facilityId)
  if (rules.version !== version) throw new Refusal('VERSION_CHANGED')
  const before = settingsOf(rules.policy)
  const changed = changedSettings(before, settings)
  if (changed.length === 0) return viewOf(rules)
  requireLawful(settings, before, rules.limits)
  if (!(await settingsRepo.save(tx, { facilityId, version }, settings))) {
    throw new Refusal('VERSION_CHANGED')
  }
  await tellRulesChanged(tx, facilityId)
  if (changed.some(({ field }) => field === 'horizonMs')) {
    await jobs.send(tx, 'slots.fill', {}, { singletonKey: facilityId })
  }
  await audit.append(tx, factOf({ ...setting, facilityId, changed }))
  return viewOf({ ...rules, version: version + 1, policy: { ...rules.policy, ...settings } })
}

function factOf({
  actor,
  requestId,
  facilityId,
  changed,
}: Setting & { readonly facilityId: string; readonly changed: readonly Changed[] }) {
  return {
    ...{ facilityId, actor: auditActorOf(actor), requestId, outcome: 'allow' as const },
    action: 'facility.setSettings',
    object: { type: 'facility', objectId: facilityId },
    // What was or is empty has no word there.
    detail: Object.fromEntries(
      changed.map(({ field, from, to }) => [
        field,
        { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) },
      ]),
    ),
  }
}

function viewOf({ version, jurisdiction, policy, limits }: FacilityRules): FacilitySettingsView {
  return { version, jurisdiction, settings: settingsOf(policy), law: lawOf(limits) }
}

function requireLawful(settings: FacilitySettings, before: FacilitySettings, limits: Limits): void {
  const faults = settingFaults(settings, { before, limits })
  if (faults.length === 0) return
  const fields = faults.map((fault) => ({ field: fault.field, cure: cureOf(fault) }))
  throw new Refusal(faults.some(isOfLaw) ? 'LEGAL_LIMIT' : 'BAD_REQUEST', { fields })
}

/** TR-3: whoever has no facility has no settings either. */
function required(facilityId: string | null): string {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return facilityId
}
