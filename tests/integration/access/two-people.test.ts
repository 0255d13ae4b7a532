import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '@visavis/contract/http'
import type { Route } from '@visavis/contract/http'
import { insertAccount, insertOfficer } from '@visavis/prisma/seed'
import type { RouteName } from '../rest/samples/all.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { TWO_PERSON_ACTS } from './support/two-person-acts.ts'
import type { TwoPersonAct } from './support/two-person-acts.ts'

/** Acts that nobody does to themselves; they take one person, who is another. */
const NOT_TO_ONESELF: readonly string[] = ['disableAccount', 'askReset']

/** What whoever comes second is told. */
const LOST = ['ALREADY_DECIDED', 'INCIDENT_CLOSED']

const TRIES = Number(process.env['TRIES'] ?? 40)

let world: RestWorld
let place: Place
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
})
afterAll(() => world.close())

/** An officer with two accounts that may decide: another account is not another person. */
async function onePerson(role: TwoPersonAct['role']) {
  const { facilityId, operatorId } = place
  const { officerId } = await insertOfficer(world.db, { facilityId })
  const scope = role === 'operatorAdmin' ? { operatorId } : { facilityId }
  const account = () => insertAccount(world.db, { role, officerId, ...scope })
  const [one, other] = [await account(), await account()]
  return { officerId, accountIds: [one.accountId, other.accountId] as const }
}

async function decisionOf(name: RouteName, act: TwoPersonAct, params: Record<string, string>) {
  const route: Route = routes[name]
  const url = route.path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? '')
  return async (accountId: string): Promise<string> => {
    const headers = {
      cookie: await accountCookie(world, accountId),
      'idempotency-key': crypto.randomUUID(),
    }
    const answer = await world.app.inject({ method: route.method, url, headers, payload: act.says })
    return answer.statusCode === 200 ? 'DONE' : answer.json<{ code: string }>().code
  }
}

const acts = Object.keys(TWO_PERSON_ACTS) as (keyof typeof TWO_PERSON_ACTS)[]

describe('[TR-3] an act that takes two people', () => {
  it('is in the list if its contract says that it takes a second person', () => {
    const names = Object.keys(routes) as RouteName[]
    const refusing = names.filter((name) =>
      (routes[name] as Route).refusals.includes('SECOND_PERSON_REQUIRED'),
    )
    const known: string[] = [...acts, ...NOT_TO_ONESELF]
    expect(refusing.filter((name) => !known.includes(name))).toEqual([])
  })

  it.each(acts)('%s: of many at once one is done, and never by who asked', async (name) => {
    const act: TwoPersonAct = TWO_PERSON_ACTS[name]
    const asker = await onePerson(act.role)
    const second = await onePerson(act.role)
    const [askedBy, sameOfficer] = asker.accountIds
    const params = await act.ask({ world, place, askedBy })
    const decide = await decisionOf(name, act, params)
    // Alone, however often and with whichever account.
    expect(await Promise.all([decide(askedBy), decide(sameOfficer)])).toEqual([
      'SECOND_PERSON_REQUIRED',
      'SECOND_PERSON_REQUIRED',
    ])
    const tries = [askedBy, sameOfficer, ...second.accountIds]
    const who = Array.from({ length: TRIES }, (_, index) => tries[index % tries.length] ?? '')
    const codes = await Promise.all(who.map(decide))
    const done = codes.flatMap((code, index) => (code === 'DONE' ? [who[index]] : []))
    const refused = codes.filter((code) => code !== 'DONE')
    console.info(`${name}: ${TRIES} at once, ${done.length} done`)
    expect(done).toHaveLength(1)
    expect(second.accountIds).toContain(done[0])
    // A machine that is too busy for forty at once does none of what it cannot store.
    const expected = [...LOST, 'SECOND_PERSON_REQUIRED', 'DEPENDENCY_FAILED']
    expect(refused.filter((code) => !expected.includes(code))).toEqual([])
    const own = codes.filter((_, index) => asker.accountIds.some((each) => each === who[index]))
    expect(own).not.toContain('DONE')
    expect(await act.decidedBy({ world, params })).toBe(done[0])
    if (act.rule === undefined) return
    const entries = await entriesOf(world.db, place.facilityId)
    const rules = entries.map((entry) => ('policy' in entry ? entry.policy : null))
    const rule = `http:${name} ${act.rule}`
    expect(rules).toContainEqual({ rule, reach: 'FACILITY' })
  })
})
