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

/** The facility of staff; whoever has none keeps nothing either (TR-3). */
export function facilityOf({ facilityId }: AccountActor): string {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return facilityId
}
