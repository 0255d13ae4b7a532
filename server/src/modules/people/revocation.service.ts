import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import { documentsRepo } from './documents.repo.ts'
import { meetingChanged } from './meeting-changes.ts'
import { enter, facilityIdOf, requireVersion } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { profileView } from './profile-view.ts'
import { profileRepo } from './profile.repo.ts'
import { lockedProfile } from './profile.service.ts'
import { requireVisitorOf } from './reach.ts'

type Revocation = RouteBody<typeof routes.revokeVerification>
type Revoking = Act & { readonly visitorId: string; readonly revocation: Revocation }

/** Use cases of the desk that finds a verification was wrong. */
export type RevocationService = ReturnType<typeof createRevocationService>

export function createRevocationService(kit: PeopleKit) {
  return {
    /** The visitor counts as nobody knows who; pictures are marked as removed and destroyed after the commit. */
    revoke: (tx: Tx, revoking: Revoking) => revoke(tx, kit, revoking),
  }
}

async function revoke(
  tx: Tx,
  kit: PeopleKit,
  { visitorId, revocation, ...act }: Revoking,
): Promise<RouteReply<typeof routes.revokeVerification>> {
  await requireVisitorOf(tx, facilityIdOf(act.actor), visitorId)
  const profile = await lockedProfile(tx, visitorId)
  if (profile.verification !== 'VERIFIED') throw new Refusal('ALREADY_DECIDED')
  requireVersion(profile.version, revocation.version)
  const { reason, field } = revocation
  const told = { reason, ...(field === null ? {} : { field }) }
  await documentsRepo.markRemoved(tx, { visitorId }, kit.clock.now())
  const changed = await profileRepo.change(tx, visitorId, {
    ...{ verification: 'REJECTED', verifiedAt: null },
    ...{ rejectedReason: reason, rejectedField: field },
  })
  await kit.notices.queue(tx, {
    kind: 'VISITOR_REJECTED',
    to: { visitorId },
    details: told,
    dedupeKey: `visitor:${visitorId}:${changed.version}`,
  })
  const people = [{ kind: 'VISITOR', personId: visitorId } as const]
  const affectedVisits = await meetingChanged(tx, kit, { act, people, cause: 'IDENTITY_CHANGED' })
  const object = { type: 'visitor', objectId: visitorId }
  const detail = { ...told, affectedVisits }
  await enter(tx, kit, { ...act, action: 'visitor.revoke', object, detail })
  return { visitor: profileView(changed), affectedVisits }
}
