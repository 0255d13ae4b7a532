import { routes } from '@visavis/contract/http'
import type { Route } from '@visavis/contract/http'
import { z } from 'zod'
import type { StoredEntry } from './entries.repo.ts'

const Reach = z.enum(['FACILITY', 'ESTATE', 'OPERATOR', 'SELF', 'TERMINAL', 'PUBLIC'])

/** An entry's bytes; what is in none of them is from a later version. */
const Said = z.object({
  ts: z.string(),
  actor: z.object({ type: z.string(), actorId: z.string() }),
  action: z.string(),
  object: z.object({ type: z.string(), objectId: z.string(), visitId: z.string().optional() }),
  outcome: z.enum(['allow', 'deny', 'error']),
  reason: z.string().optional(),
  requestId: z.string().optional(),
  policy: z.object({ rule: z.string(), reach: Reach }).optional(),
  detail: z.record(z.string(), z.unknown()).optional(),
})
type Said = z.output<typeof Said>

/** Routes by their names. */
const ROUTES = new Map<string, Route>(Object.entries(routes))

/** An entry in a list: who, what, about what, and how it came out. */
export function entryView(entry: StoredEntry) {
  const { actor, action, object, outcome, reason, ts } = saidBy(entry)
  const { type, objectId, visitId } = object
  return {
    ...{ seq: entry.seq, ts, actor, action, outcome },
    object: { type, objectId, visitId: visitId ?? null },
    reason: reason ?? null,
  }
}

/** The same with everything that it says, and why it was allowed; `classOf` looks up its visit's class. */
export async function entryWhole<Class>(
  entry: StoredEntry,
  classOf: (visitId: string) => Promise<Class | null>,
) {
  const said = saidBy(entry)
  const { visitId } = said.object
  return {
    ...entryView(entry),
    requestId: said.requestId ?? null,
    detail: Object.entries(said.detail ?? {}).map(([name, value]) => ({
      name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
    text: new TextDecoder().decode(entry.bytes),
    hash: entry.hash,
    why: { ...whyOf(said), visitClass: visitId === undefined ? null : await classOf(visitId) },
  }
}

/** Why an act was let in: the rule as the entry names it, and whom that rule lets in. */
function whyOf({ actor, policy }: Said) {
  if (policy === undefined) {
    return { rule: null, roles: [], reach: actor.type === 'system' ? ('SYSTEM' as const) : null }
  }
  const [name = ''] = policy.rule.replace('http:', '').split(' ')
  const access = ROUTES.get(name)?.access
  const roles = access?.kind === 'account' ? [...access.roles] : []
  return { rule: policy.rule, roles, reach: policy.reach }
}

function saidBy({ bytes }: StoredEntry): Said {
  return Said.parse(JSON.parse(new TextDecoder().decode(bytes)))
}
