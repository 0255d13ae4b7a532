import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, routes } from '@visavis/contract/http'
import { nextState } from '@visavis/contract/machine'
import { RELATIONSHIP_MOVES } from '@visavis/contract/relationship-lifecycle'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { isSameNumber, matchOf } from './match-rules.ts'
import { isOwnVisitor, ownVisitorId } from './own-people.ts'
import { childOf, ownList, ownRequests, requestView } from './own-requests.ts'
import { enter, visitorIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { profileRepo } from './profile.repo.ts'
import { relationshipsRepo } from './relationships.repo.ts'
import { MOST_OPEN_REQUESTS, visibleState } from './request-rules.ts'
import { requestsRepo } from './requests.repo.ts'
import type { OwnRelationship, OwnRequest } from './requests.repo.ts'
import { dueAtOf, openVerificationTasks } from './verification-tasks.ts'

type Asked = RouteBody<typeof routes.requestRelationship>

/** Use cases of visitors who want to meet somebody. */
export type RequestsService = ReturnType<typeof createRequestsService>

export function createRequestsService(kit: PeopleKit) {
  return {
    mine: (act: Act) => kit.transact((tx) => ownList(tx, kit, visitorIdOf(act.actor))),
    request: (tx: Tx, act: Act, asked: Asked) => request(tx, kit, { ...act, asked }),
    withdraw: (tx: Tx, act: Act, requestId: string) =>
      withdraw(tx, kit, { ...act, withdrawn: requestId }),
  }
}

// Whoever is asked for, and whether or not there is such a person: the same work, the same answer (EL-2).
async function request(tx: Tx, kit: PeopleKit, { asked, ...act }: Act & { asked: Asked }) {
  const { childId, ...typed } = asked
  const visitorId = await ownVisitorId(tx, kit, { act, childId })
  await profileRepo.lock(tx, visitorId)
  const rules = await kit.policy.ofFacility(tx, asked.facilityId)
  await requireRoom(tx, kit, { visitorId, asked })
  const { match, matchedInmateId } = await matchAt(tx, asked)
  const row = await requestsRepo.add(tx, {
    ...typed,
    requestId: newId(),
    visitorId,
    match,
    matchedInmateId,
    createdAt: kit.clock.now(),
  })
  const { requestId, facilityId } = row
  const dueAt = await dueAtOf(tx, kit, facilityId)
  await kit.tasks.open(tx, {
    facilityId,
    kind: 'DECIDE_RELATIONSHIP',
    dueAt,
    visitorId,
    inmateId: matchedInmateId,
    subjectId: requestId,
  })
  await openVerificationTasks(tx, kit, visitorId)
  const object = { type: 'relationshipRequest', objectId: requestId }
  const detail = { visitorId, match }
  await enter(tx, kit, { ...act, facilityId, action: 'relationshipRequest.add', object, detail })
  const own = { request: row, relationship: null, child: await childOf(tx, act, visitorId) }
  return requestView(own, rules, kit.clock.now())
}

async function matchAt(tx: Tx, asked: Asked) {
  const people = await requestsRepo.describedAt(tx, asked.facilityId)
  const { match, candidates } = matchOf(asked, people)
  const [best] = candidates
  return { match, matchedInmateId: match === 'EXACT' && best ? best.person.inmateId : null }
}

type Asking = { readonly visitorId: string; readonly asked: Asked }

// Counts and compares only what the visitor sees anyway, so that neither refusal tells more.
async function requireRoom(
  tx: Tx,
  { clock }: PeopleKit,
  { visitorId, asked }: Asking,
): Promise<void> {
  const { requests, others } = await ownRequests(tx, visitorId)
  const stateOf = ({ request: { state }, relationship }: OwnRequest) =>
    visibleState(state, relationship, clock.now())
  const live = requests.filter((own) => isLive(stateOf(own)))
  const isAsked = live.some((own) => isOfNumber(own, asked))
  const isKnown = others.some((row) => isLive(row.state) && isInmateOfNumber(row, asked))
  if (isAsked || isKnown) throw new Refusal('RELATIONSHIP_EXISTS')
  const open = live.filter((own) => stateOf(own) === 'REQUESTED')
  if (open.length >= MOST_OPEN_REQUESTS) throw new Refusal('TOO_MANY_OPEN_REQUESTS')
}

function isLive(state: ReturnType<typeof visibleState>): boolean {
  return state !== 'REJECTED' && state !== 'ENDED' && state !== 'WITHDRAWN'
}

function isOfNumber({ request: typed, relationship }: OwnRequest, asked: Asked): boolean {
  const isTyped =
    typed.facilityId === asked.facilityId && isSameNumber(typed.inmateNumber, asked.inmateNumber)
  const isAgreed = relationship?.inmateApprovedAt != null
  return isTyped || (isAgreed && isInmateOfNumber(relationship, asked))
}

function isInmateOfNumber({ inmate }: OwnRelationship, asked: Asked): boolean {
  const { facilityId, inmateNumber } = inmate
  return facilityId === asked.facilityId && isSameNumber(inmateNumber, asked.inmateNumber)
}

async function withdraw(
  tx: Tx,
  kit: PeopleKit,
  { withdrawn, ...act }: Act & { withdrawn: string },
): Promise<Record<string, never>> {
  const visitorId = await visitorOfRequest(tx, act, withdrawn)
  await profileRepo.lock(tx, visitorId)
  const { requests } = await ownRequests(tx, visitorId)
  const own = requests.find(({ request: { requestId } }) => requestId === withdrawn)
  if (own === undefined) throw new Refusal('NOT_FOUND')
  const { request: row, relationship } = own
  if (visibleState(row.state, relationship, kit.clock.now()) !== 'REQUESTED') {
    throw new Refusal('ALREADY_DECIDED')
  }
  await endRelationship(tx, relationship)
  const decidedAt = kit.clock.now()
  const isChanged = await requestsRepo.change(tx, row, { state: 'WITHDRAWN', decidedAt })
  if (!isChanged) throw new Refusal('ALREADY_DECIDED')
  const { requestId, facilityId } = row
  const doneBy = act.actor.accountId
  const closed = { subjectId: requestId, doneBy, resolution: 'WITHDRAWN' }
  await kit.tasks.close(tx, { kind: 'DECIDE_RELATIONSHIP', ...closed })
  const object = { type: 'relationshipRequest', objectId: requestId }
  await enter(tx, kit, { ...act, facilityId, action: 'relationshipRequest.withdraw', object })
  return {}
}

async function visitorOfRequest(tx: Tx, { actor }: Act, requestId: string): Promise<string> {
  const row = await requestsRepo.request(tx, requestId)
  const isOwn = row !== null && (await isOwnVisitor(tx, visitorIdOf(actor), row.visitorId))
  if (!isOwn) throw new Refusal('NOT_FOUND')
  return row.visitorId
}

// The facility may have said yes already, which the visitor does not know: the inmate is not asked any more.
async function endRelationship(tx: Tx, relationship: OwnRelationship | null): Promise<void> {
  if (relationship === null) return
  const state = nextState(RELATIONSHIP_MOVES, relationship.state, 'withdraw')
  const isEnded = state !== null && (await relationshipsRepo.move(tx, relationship, { state }))
  if (!isEnded) throw new Refusal('ALREADY_DECIDED')
}
