import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, routes } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import { badField, enter, requireVersion, visitorIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { missingDocuments, profileView } from './profile-view.ts'
import { profileRepo } from './profile.repo.ts'
import type { ProfileRow } from './profile.repo.ts'
import { zoneFault } from './registration-rules.ts'
import { openVerificationTasks } from './verification-tasks.ts'

/** Use cases of a visitor's own registration. */
export type ProfileService = ReturnType<typeof createProfileService>

export function createProfileService(kit: PeopleKit) {
  return {
    profile: (act: Act) =>
      kit.transact(async (tx) => profileView(await profileOf(tx, visitorIdOf(act.actor)))),
    change: (tx: Tx, act: Act, changes: Changes) => changeProfile(tx, kit, { ...act, changes }),
    submit: (tx: Tx, act: Act, visitorId: string) => submit(tx, kit, { ...act, visitorId }),
    registerProfessional: (tx: Tx, act: Act, professional: Profession) =>
      registerProfessional(tx, kit, { ...act, professional }),
  }
}

type Changes = RouteBody<typeof routes.changeProfile>
type Profession = RouteBody<typeof routes.registerProfessional>

/** The profile, which nobody else changes until the transaction ends. */
export async function lockedProfile(tx: Tx, visitorId: string): Promise<ProfileRow> {
  await profileRepo.lock(tx, visitorId)
  return profileOf(tx, visitorId)
}

async function profileOf(tx: Tx, visitorId: string): Promise<ProfileRow> {
  const profile = await profileRepo.profile(tx, visitorId)
  if (profile === null) throw new Refusal('NOT_FOUND')
  return profile
}

async function changeProfile(
  tx: Tx,
  kit: PeopleKit,
  { changes, ...act }: Act & { changes: Changes },
) {
  const { version, phone, language, timeZone } = changes
  const fault = zoneFault(timeZone)
  if (fault !== null) throw badField(fault.field, fault.cure)
  const visitorId = visitorIdOf(act.actor)
  const profile = await lockedProfile(tx, visitorId)
  requireVersion(profile.version, version)
  const changed = await profileRepo.change(tx, visitorId, { phone, language, timeZone })
  await profileRepo.setAccountLanguage(tx, visitorId, language)
  const object = { type: 'visitor', objectId: visitorId }
  await enter(tx, kit, { ...act, action: 'visitor.change', object })
  return profileView(changed)
}

async function submit(tx: Tx, kit: PeopleKit, { visitorId, ...act }: Act & { visitorId: string }) {
  const profile = await lockedProfile(tx, visitorId)
  const isOpen = profile.verification === 'MISSING' || profile.verification === 'REJECTED'
  if (!isOpen) throw new Refusal('ALREADY_DECIDED')
  requireDocuments(profile)
  const submitted = await profileRepo.change(tx, visitorId, {
    verification: 'SUBMITTED',
    rejectedReason: null,
    rejectedField: null,
  })
  await openVerificationTasks(tx, kit, visitorId)
  const object = { type: 'visitor', objectId: visitorId }
  await enter(tx, kit, { ...act, action: 'visitor.submit', object })
  return profileView(submitted)
}

/** Refuses with `DOCUMENTS_MISSING`, naming each picture that is not there. */
export function requireDocuments(profile: ProfileRow): void {
  const missing = missingDocuments(profile.documents)
  if (missing.length === 0) return
  const fields = missing.map((kind) => ({ field: kind, cure: 'Upload this picture.' }))
  throw new Refusal('DOCUMENTS_MISSING', { fields })
}

async function registerProfessional(
  tx: Tx,
  kit: PeopleKit,
  { professional, ...act }: Act & { professional: Profession },
) {
  const visitorId = visitorIdOf(act.actor)
  const { professional: known } = await lockedProfile(tx, visitorId)
  const isValid = known?.validUntil == null || known.validUntil > kit.clock.now()
  if (known?.state === 'VERIFIED' && isValid) throw new Refusal('ALREADY_DECIDED')
  if (!(await profileRepo.putProfessional(tx, { visitorId, ...professional }))) {
    const cure = 'Somebody has registered with this number: ask the facility.'
    throw new Refusal('ALREADY_DECIDED', { fields: [{ field: 'registerNumber', cure }] })
  }
  const profile = await profileRepo.change(tx, visitorId, {})
  await openVerificationTasks(tx, kit, visitorId)
  const object = { type: 'visitor', objectId: visitorId }
  const detail = { kind: professional.kind }
  await enter(tx, kit, { ...act, action: 'professional.register', object, detail })
  return profileView(profile)
}
