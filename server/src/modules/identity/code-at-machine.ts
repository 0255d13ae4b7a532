import { Refusal } from '@visavis/contract/errors'
import { systemClock } from '@visavis/platform/clock'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import { createTransact } from '../../platform/transact.ts'
import { SERVER, createAudit } from '../audit/index.ts'
import { createIdentityRepo } from './identity.repo.ts'
import type { AccountRow } from './identity.repo.ts'
import { createSetUpCodes } from './set-up-codes.ts'
import type { IssuedCode } from './set-up-codes.ts'

/**
 * A set-up code for a member of staff whom no administrator can give one: the first administrator, above
 * all. For whoever rules the machine; the log says so. Codes before it are void. Refuses with `BAD_REQUEST`
 * and a cure a login that nobody has, a family's account and a disabled one.
 */
export async function issueCodeAtMachine(
  db: Database,
  typed: string,
  clock: Clock = systemClock,
): Promise<IssuedCode> {
  const login = typed.trim().toLowerCase()
  const repo = createIdentityRepo(db)
  const { accountId, facilityId } = requireStaff(login, await repo.accountByLogin(login))
  const audit = createAudit(clock)
  return createTransact(db)(async (tx) => {
    const code = await createSetUpCodes({ clock }).issue(tx, accountId, null)
    await audit.append(tx, {
      ...{ facilityId, actor: SERVER, action: 'account.issueCode', outcome: 'allow' },
      object: { type: 'account', objectId: accountId },
      reason: 'AT_THE_MACHINE',
    })
    return code
  })
}

type Whose = Pick<AccountRow, 'accountId' | 'facilityId' | 'role' | 'disabledAt'>

function requireStaff(login: string, account: Whose | null): Whose {
  if (account === null)
    throw refused(`There is no account ${login}: type its login as it was given.`)
  if (account.role === 'visitor') {
    throw refused(
      `${login} is a family's or a lawyer's: they find their way back by themselves, by mail.`,
    )
  }
  if (account.disabledAt !== null) {
    throw refused(`${login} is disabled: an administrator of the facility has to enable it first.`)
  }
  return account
}

function refused(cure: string): Refusal {
  return new Refusal('BAD_REQUEST', { fields: [{ field: 'LOGIN', cure }] })
}
