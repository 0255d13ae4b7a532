import { Refusal } from '@visavis/contract/errors'
import { systemClock } from '@visavis/platform/clock'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import { createPolicy } from './policy.ts'
import type { FacilityRules, Policy } from './policy.ts'
import { againstTheLaw, brokenBookings } from './what-if-broken-rules.ts'
import type { WhatIfFacts } from './what-if-facts.ts'
import { bookingsOf, loadsOf } from './what-if-load-rules.ts'
import type { Terms } from './what-if-load-rules.ts'
import { changedPolicy, readSettings } from './what-if-settings.ts'
import { whatIfText } from './what-if-text.ts'
import type { WhatIf } from './what-if-text.ts'
import { whatIfRepo } from './what-if.repo.ts'

/** The facility's name, and `name=number` pairs. */
export type WhatIfAsk = { readonly facility: string; readonly settings: readonly string[] }

const MINUTE_MS = 60_000
const WEEK_MS = 7 * 86_400_000
const WEEKS_EITHER_SIDE = 2

/**
 * What changes of a facility's policy would do to its terminals and bookings, as text; changes nothing.
 * Refuses with `BAD_REQUEST` and a cure an unknown facility, setting or number.
 */
export async function whatIf(
  db: Database,
  ask: WhatIfAsk,
  clock: Clock = systemClock,
): Promise<string> {
  const tried = readSettings(ask.settings)
  const rules = await facilityOf(createPolicy(db, clock), ask.facility)
  const facts = await gather(db, rules, clock.now())
  const policy = changedPolicy(facts.policy, tried)
  const before = { visitMinutes: null, turnaroundMinutes: turnaround(facts.policy) }
  const after: Terms = {
    visitMinutes: tried.get('visitMinutes') ?? null,
    turnaroundMinutes: turnaround(policy),
  }
  const found: WhatIf = {
    facts,
    tried,
    loads: loadsOf(facts, before, after),
    bookings: bookingsOf(facts, before, after),
    broken: brokenBookings(facts, policy, [...tried.keys()]),
    unlawful: againstTheLaw(facts, policy).filter((line) => tried.has(line.split(':')[0] ?? '')),
  }
  return whatIfText(found)
}

function turnaround({ terminalTurnaroundMs }: { terminalTurnaroundMs: number }): number {
  return terminalTurnaroundMs / MINUTE_MS
}

async function facilityOf(policy: Policy, name: string): Promise<FacilityRules> {
  const [rules, ...namesakes] = await policy.ofName(name)
  if (rules !== undefined && namesakes.length === 0) return rules
  const known = (await policy.facilityNames()).join(', ')
  const problem = rules === undefined ? 'There is no facility' : 'There are several facilities'
  const cure = `${problem} called ${name}. There are: ${known}`
  throw new Refusal('BAD_REQUEST', { fields: [{ field: '--facility', cure }] })
}

async function gather(db: Database, rules: FacilityRules, now: Date): Promise<WhatIfFacts> {
  const { facilityId, name, timeZone, policy, limits } = rules
  const around = WEEKS_EITHER_SIDE * WEEK_MS
  const window = { from: new Date(now.getTime() - around), to: new Date(now.getTime() + around) }
  return {
    name,
    timeZone,
    now,
    policy,
    limits,
    terminals: await whatIfRepo.terminals(db, facilityId),
    templates: await whatIfRepo.templates(db, facilityId, now),
    visits: await whatIfRepo.visits(db, facilityId, window),
    weeks: 2 * WEEKS_EITHER_SIDE,
    waiting: await whatIfRepo.waiting(db, facilityId, window),
    bookings: await whatIfRepo.visits(db, facilityId, { from: now, to: null }),
  }
}
