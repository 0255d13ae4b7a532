import { Refusal } from '@visavis/contract/errors'
import type { RouteReply, routes } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import { isChildOn } from './child-rules.ts'
import { childrenRepo } from './children.repo.ts'
import { localDateOf } from './local-date.ts'
import { ownChild } from './own-people.ts'
import { ownList } from './own-requests.ts'
import { visitorIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { profileView } from './profile-view.ts'
import { profileRepo } from './profile.repo.ts'

/** What is kept of a visitor as a person, in clear: for that person. */
export type PersonalFile = {
  readonly profile: RouteReply<typeof routes.profile>
  readonly relationships: RouteReply<typeof routes.myRelationships>['relationships']
  readonly children: RouteReply<typeof routes.myChildren>['children']
}

/** Reads it; whoever calls has entered the reading in the log before. */
export type PersonalFiles = ReturnType<typeof createPersonalFiles>

export function createPersonalFiles(kit: PeopleKit) {
  return {
    /** The account's own visitor, or a child under its guardianship, whether or not consent stands; else `NOT_FOUND`. */
    whose: (tx: Tx, act: Act, childId?: string) => whose(tx, kit, { act, childId }),
    /** Refuses with NOT_FOUND. */
    read: (tx: Tx, visitorId: string) => read(tx, kit, visitorId),
    /** A document's picture. A Fault when it is not in its store. */
    picture: (name: { visitorId: string; documentId: string }): Promise<Buffer> =>
      kit.store.get(name),
  }
}

async function whose(
  tx: Tx,
  { clock }: PeopleKit,
  { act, childId }: { act: Act; childId?: string | undefined },
): Promise<string> {
  const ownId = visitorIdOf(act.actor)
  if (childId === undefined || childId === ownId) return ownId
  const child = await ownChild(tx, act, childId)
  // Who is of age asks for it alone.
  if (!isChildOn(child.birthDate, localDateOf(clock.now()))) {
    throw new Refusal('NOT_FOUND')
  }
  return child.visitorId
}

async function read(tx: Tx, kit: PeopleKit, visitorId: string): Promise<PersonalFile> {
  const row = await profileRepo.profile(tx, visitorId)
  if (row === null) throw new Refusal('NOT_FOUND')
  const children: PersonalFile['children'] = []
  for (const child of await childrenRepo.childrenOf(tx, visitorId)) {
    const profile = await profileRepo.profile(tx, child.visitorId)
    if (profile !== null) children.push(profileView(profile))
  }
  return { profile: profileView(row), relationships: await ownList(tx, kit, visitorId), children }
}
