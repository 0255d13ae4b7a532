import { Refusal } from '@visavis/contract/errors'
import type { AccountActor } from './actor.ts'

/** An account and whose it is: an officer may have several. */
export type OfficerAccount = Pick<AccountActor, 'accountId' | 'officerId'>

/** Whether two people are one: the same account, or two accounts of the same officer. */
export function isSamePerson(one: OfficerAccount, other: OfficerAccount): boolean {
  const isSameOfficer = one.officerId !== null && one.officerId === other.officerId
  return one.accountId === other.accountId || isSameOfficer
}

/** Refuses whoever asked with SECOND_PERSON_REQUIRED: such a thing takes two people (EL-5, RC-6, RC-7). */
export function requireAnother(actor: OfficerAccount, asker: OfficerAccount): void {
  if (isSamePerson(actor, asker)) throw new Refusal('SECOND_PERSON_REQUIRED')
}
