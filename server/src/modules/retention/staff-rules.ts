import { Refusal } from '@visavis/contract/errors'
import { fullNameOf } from '@visavis/contract/person-names'
import type { PersonName } from '@visavis/contract/person-names'
import type { AccountActor } from '../identity/index.ts'

/** An account as it is named to its colleagues. */
export type NamedAccount = {
  readonly accountId: string
  readonly officerId: string | null
  readonly login: string
  readonly officer: PersonName | null
}

/** What a row takes along of an account. */
export const NAMED = {
  select: {
    accountId: true,
    officerId: true,
    login: true,
    officer: { select: { givenName: true, familyName: true } },
  },
} as const

/** How colleagues see somebody of the staff. */
export function staffName({ officer, login }: NamedAccount): string {
  return officer ? fullNameOf(officer) : login
}

/** Whether two people are one: the same account, or two accounts of the same officer. */
export function isSamePerson(
  actor: Pick<AccountActor, 'accountId' | 'officerId'>,
  other: Pick<NamedAccount, 'accountId' | 'officerId'>,
): boolean {
  const isSameOfficer = actor.officerId !== null && actor.officerId === other.officerId
  return actor.accountId === other.accountId || isSameOfficer
}

/** Refuses whoever asked: such a thing takes two people (RC-7). */
export function requireAnother(actor: AccountActor, asker: NamedAccount): void {
  if (isSamePerson(actor, asker)) throw new Refusal('SECOND_PERSON_REQUIRED')
}

/** The facility of staff; whoever has none keeps nothing either (TR-3). */
export function facilityOf({ facilityId }: AccountActor): string {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return facilityId
}
