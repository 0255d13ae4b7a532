import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { MOST_CHILDREN, isChildOn } from './child-rules.ts'
import { childrenRepo } from './children.repo.ts'
import { localDateOf } from './local-date.ts'
import { meetingChanged } from './meeting-changes.ts'
import { ownChild } from './own-people.ts'
import { badField, enter, visitorIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { profileView } from './profile-view.ts'
import { profileRepo } from './profile.repo.ts'
import { lockedProfile } from './profile.service.ts'
import { birthDateFault } from './registration-rules.ts'

type Child = RouteBody<typeof routes.registerChild>
type Children = RouteReply<typeof routes.myChildren>['children']
type Consenting = Act & { readonly childId: string; readonly hasConsent: boolean }

/** Use cases of parents and guardians, under whose account a child comes along (EL-6). */
export type ChildrenService = ReturnType<typeof createChildrenService>

export function createChildrenService(kit: PeopleKit) {
  return {
    mine: (act: Act) => kit.transact((tx) => childrenOf(tx, visitorIdOf(act.actor))),
    register: (tx: Tx, act: Act, child: Child) => register(tx, kit, { ...act, child }),
    setConsent: (tx: Tx, consenting: Consenting) => setConsent(tx, kit, consenting),
  }
}

async function childrenOf(tx: Tx, guardianId: string): Promise<Children> {
  const children: Children = []
  for (const { visitorId } of await childrenRepo.childrenOf(tx, guardianId)) {
    const profile = await profileRepo.profile(tx, visitorId)
    if (profile !== null) children.push(profileView(profile))
  }
  return children
}

async function register(tx: Tx, kit: PeopleKit, { child, ...act }: Act & { child: Child }) {
  const now = kit.clock.now()
  const guardian = await lockedProfile(tx, visitorIdOf(act.actor))
  requireChild(child.birthDate, now)
  // Somebody under age agrees to nothing for others.
  if (isChildOn(guardian.birthDate, localDateOf(now))) {
    throw new Refusal('ADULT_REQUIRED')
  }
  const others = await childrenRepo.childrenOf(tx, guardian.visitorId)
  if (others.length >= MOST_CHILDREN) throw new Refusal('TOO_MANY_OPEN_REQUESTS')
  const { givenName, familyName, birthDate } = child
  const { email, phone, language, timeZone } = guardian
  const visitorId = newId()
  await childrenRepo.add(tx, {
    ...{ visitorId, givenName, familyName, birthDate },
    // What is sent to the child reaches the guardian.
    ...{ email, phone, language, timeZone },
    ...{ guardianId: guardian.visitorId, consentAt: now, createdAt: now },
  })
  const profile = await lockedProfile(tx, visitorId)
  const object = { type: 'visitor', objectId: visitorId }
  const detail = { guardianId: guardian.visitorId }
  await enter(tx, kit, { ...act, action: 'child.register', object, detail })
  return profileView(profile)
}

function requireChild(birthDate: string, now: Date): void {
  const fault = birthDateFault(birthDate, now)
  if (fault !== null) throw badField(fault.field, fault.cure)
  if (isChildOn(birthDate, localDateOf(now))) return
  throw badField('birthDate', 'Whoever is of age registers with an account of their own.')
}

async function setConsent(
  tx: Tx,
  kit: PeopleKit,
  { childId, hasConsent, ...act }: Consenting,
): Promise<{ affectedVisits: string[] }> {
  await profileRepo.lock(tx, childId)
  const child = await ownChild(tx, act, childId)
  const isAsBefore = (child.consentEndedAt === null) === hasConsent
  if (isAsBefore) return { affectedVisits: [] }
  const now = kit.clock.now()
  const consent = hasConsent ? { consentAt: now, consentEndedAt: null } : { consentEndedAt: now }
  await profileRepo.change(tx, childId, consent)
  const people = [{ kind: 'VISITOR', personId: childId } as const]
  const affectedVisits = await meetingChanged(tx, kit, { act, people, cause: 'CONSENT_CHANGED' })
  const object = { type: 'visitor', objectId: childId }
  const action = hasConsent ? 'child.consent' : 'child.endConsent'
  await enter(tx, kit, { ...act, action, object, detail: { affectedVisits } })
  return { affectedVisits }
}
