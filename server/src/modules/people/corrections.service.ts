import type { RouteBody, routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { correctedParts } from './correction-rules.ts'
import { correctionsRepo } from './corrections.repo.ts'
import type { Identity } from './match-rules.ts'
import { ownVisitorId } from './own-people.ts'
import { badField, enter, requireVersion } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { profileView } from './profile-view.ts'
import { profileRepo } from './profile.repo.ts'
import type { ProfileRow } from './profile.repo.ts'
import { lockedProfile } from './profile.service.ts'
import { birthDateFault } from './registration-rules.ts'
import { openVerificationTasks } from './verification-tasks.ts'

type Asked = RouteBody<typeof routes.correctIdentity>

/** Use cases of visitors whose name or birth date is not as it should be. */
export type CorrectionsService = ReturnType<typeof createCorrectionsService>

export function createCorrectionsService(kit: PeopleKit) {
  return {
    /** At once, while nobody has compared it with a document; else the staff decide. */
    ask: (tx: Tx, act: Act, asked: Asked) => ask(tx, kit, { ...act, asked }),
  }
}

async function ask(tx: Tx, kit: PeopleKit, { asked, ...act }: Act & { asked: Asked }) {
  const { version, childId, ...identity } = asked
  const visitorId = await ownVisitorId(tx, kit, { act, childId })
  const profile = await lockedProfile(tx, visitorId)
  requireVersion(profile.version, version)
  const differs = correctedParts(identityOf(profile), identity)
  if (differs.length === 0) throw badField('(body)', 'Say what is to be put right.')
  const fault = birthDateFault(identity.birthDate, kit.clock.now())
  if (fault !== null) throw badField(fault.field, fault.cure)
  const isForStaff = profile.verification === 'VERIFIED'
  const changed = await store(tx, kit, { profile, identity, isForStaff })
  if (isForStaff) await openVerificationTasks(tx, kit, visitorId)
  const object = { type: 'visitor', objectId: visitorId }
  const action = isForStaff ? 'visitor.askCorrection' : 'visitor.correct'
  // Which parts, never the values.
  await enter(tx, kit, { ...act, action, object, detail: { differs } })
  return profileView(changed)
}

type Stored = {
  readonly profile: ProfileRow
  readonly identity: Identity
  readonly isForStaff: boolean
}

async function store(
  tx: Tx,
  { clock }: PeopleKit,
  { profile, identity, isForStaff }: Stored,
): Promise<ProfileRow> {
  const { visitorId, givenName, familyName, birthDate } = profile
  const now = clock.now()
  const open = await correctionsRepo.openOf(tx, visitorId)
  if (open !== null) {
    const withdrawn = { state: 'WITHDRAWN', decidedAt: now } as const
    await correctionsRepo.decide(tx, open.correctionId, withdrawn)
  }
  await correctionsRepo.add(tx, {
    ...{ correctionId: newId(), visitorId, createdAt: now },
    ...identity,
    ...{ wasGivenName: givenName, wasFamilyName: familyName, wasBirthDate: birthDate },
    ...(isForStaff ? {} : { state: 'APPROVED', decidedAt: now }),
  })
  return isForStaff ? profileRepo.change(tx, visitorId, {}) : correct(tx, visitorId, identity)
}

/** The name and birth date are as asked from now on; open requests are read anew (EL-3). */
export async function correct(
  tx: Tx,
  visitorId: string,
  { givenName, familyName, birthDate }: Identity,
): Promise<ProfileRow> {
  await correctionsRepo.renewRequests(tx, visitorId)
  return profileRepo.change(tx, visitorId, { givenName, familyName, birthDate })
}

/** Who a stored person, or a correction of one, says somebody is. */
export function identityOf(row: {
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
}): Identity {
  const { givenName, familyName, birthDate } = row
  return { givenName, familyName, birthDate }
}
