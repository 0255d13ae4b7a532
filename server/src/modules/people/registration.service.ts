import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, routes } from '@visavis/contract/http'
import { fullNameOf } from '@visavis/contract/person-names'
import { newId } from '../../platform/ids.ts'
import { hashSecret, newToken, tokenHash } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import { ANONYMOUS } from '../audit/index.ts'
import { passwordFault } from '../identity/index.ts'
import type { PeopleKit } from './people-kit.ts'
import {
  LINK_LIFE_MS,
  MOST_LINKS_PER_ADDRESS,
  loginOf,
  registrationFault,
} from './registration-rules.ts'
import { registrationRepo } from './registration.repo.ts'

type Registration = RouteBody<typeof routes.register>

/** Use cases of people who have no account yet. */
export type RegistrationService = ReturnType<typeof createRegistrationService>

export function createRegistrationService(kit: PeopleKit) {
  return {
    /**
     * The same answer after the same work, whether or not the address has an account (EL-2). Refuses with
     * `BAD_REQUEST`, `PASSWORD_COMMON` or `PASSWORD_PERSONAL`.
     */
    register: (given: Registration, requestId: string) => register(kit, given, requestId),
    /** Makes visitor and account; refuses with `REGISTRATION_TOKEN_REFUSED`. */
    confirm: (token: string, requestId: string) =>
      kit.transact((tx) => confirm(tx, kit, { token, requestId })),
  }
}

async function register(kit: PeopleKit, given: Registration, requestId: string): Promise<void> {
  const now = kit.clock.now()
  const fault = registrationFault(given, now)
  if (fault !== null) throw new Refusal('BAD_REQUEST', { fields: [fault] })
  const { password, ...person } = given
  const tooEasy = passwordFault(password, {
    login: loginOf(person.email),
    names: [fullNameOf(person)],
  })
  if (tooEasy !== null) throw new Refusal(tooEasy)
  const passwordHash = await hashSecret(password)
  await kit.transact((tx) => store(tx, kit, { ...person, passwordHash, requestId, now }))
}

type Stored = Omit<Registration, 'password'> & {
  readonly passwordHash: string
  readonly requestId: string
  readonly now: Date
}

async function store(
  tx: Tx,
  kit: PeopleKit,
  { passwordHash, requestId, now, ...person }: Stored,
): Promise<void> {
  const email = loginOf(person.email)
  const registrationId = newId()
  const token = newToken()
  await registrationRepo.removeExpired(tx, now)
  const sent = await registrationRepo.countSince(tx, email, new Date(now.getTime() - LINK_LIFE_MS))
  // Also for an address with an account: nobody ever gets that row's token, and the work is the same.
  await registrationRepo.add(tx, {
    registrationId,
    ...person,
    email,
    phone: person.phone ?? null,
    passwordHash,
    tokenHash: tokenHash(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + LINK_LIFE_MS),
  })
  if (sent < MOST_LINKS_PER_ADDRESS) {
    const isKnown = await registrationRepo.isKnown(tx, email)
    await kit.notices.queue(tx, {
      kind: isKnown ? 'REGISTRATION_KNOWN' : 'REGISTRATION_LINK',
      to: { email, language: person.language },
      ...(isKnown ? {} : { details: { token } }),
      dedupeKey: `registration:${registrationId}`,
    })
  }
  await kit.audit.append(tx, {
    facilityId: null,
    actor: ANONYMOUS,
    action: 'registration.request',
    object: { type: 'registration', objectId: registrationId },
    outcome: 'allow',
    requestId,
  })
}

async function confirm(
  tx: Tx,
  { audit, clock }: PeopleKit,
  { token, requestId }: { token: string; requestId: string },
): Promise<void> {
  const now = clock.now()
  const registration = await registrationRepo.openByTokenHash(tx, tokenHash(token), now)
  if (registration === null) throw new Refusal('REGISTRATION_TOKEN_REFUSED')
  const person = { visitorId: newId(), accountId: newId(), registration }
  const isFirst = await registrationRepo.use(tx, registration, now)
  if (!isFirst || !(await registrationRepo.addPerson(tx, person))) {
    throw new Refusal('REGISTRATION_TOKEN_REFUSED')
  }
  await audit.append(tx, {
    facilityId: null,
    actor: ANONYMOUS,
    action: 'registration.confirm',
    object: { type: 'visitor', objectId: person.visitorId },
    outcome: 'allow',
    requestId,
    detail: { accountId: person.accountId, registrationId: registration.registrationId },
  })
}
