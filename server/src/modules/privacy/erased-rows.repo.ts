import type { Tx } from '@visavis/prisma'

/** The name of everybody who was erased. */
export const ERASED_NAME = { givenName: 'Erased', familyName: 'person' } as const

/** Live states of a relationship: all but those that are over anyway. */
const OVER = ['REJECTED', 'ENDED'] as const

/**
 * Takes out of the rows of visitors what says who they were, and ends what they could do. Sealed fields stay: they
 * end with their keys. Visits, receipts and recordings stay as an erased person's.
 */
export async function emptyRows(
  tx: Tx,
  visitorIds: readonly string[],
  now: Date,
): Promise<{ readonly accountIds: string[] }> {
  const who = { visitorId: { in: [...visitorIds] } }
  await tx.visitor.updateMany({
    where: who,
    data: { ...ERASED_NAME, emailIndex: null, erasedAt: now, version: { increment: 1 } },
  })
  await tx.identityDocument.updateMany({
    where: { ...who, removedAt: null },
    data: { removedAt: now },
  })
  await tx.$executeRaw`
    UPDATE identity_correction SET given_name = 'Erased', family_name = 'person',
      was_given_name = 'Erased', was_family_name = 'person',
      state = CASE WHEN state = 'REQUESTED' THEN 'WITHDRAWN' ELSE state END,
      decided_at = coalesce(decided_at, ${now}::timestamptz)
    WHERE visitor_id = ANY (${[...visitorIds]}::uuid[])`
  await tx.$executeRaw`
    UPDATE professional SET register_name = 'erased', register_number = visitor_id::text
    WHERE visitor_id = ANY (${[...visitorIds]}::uuid[])`
  await tx.relationship.updateMany({
    where: { ...who, state: { notIn: [...OVER] } },
    data: { state: 'ENDED', version: { increment: 1 } },
  })
  await tx.relationshipRequest.updateMany({
    where: { ...who, state: 'REQUESTED' },
    data: { state: 'WITHDRAWN', decidedAt: now, version: { increment: 1 } },
  })
  await tx.notice.updateMany({
    where: { ...who, state: 'QUEUED' },
    data: { state: 'CANCELLED' },
  })
  await tx.notice.updateMany({ where: who, data: { details: {}, addressIndex: null } })
  return emptyAccounts(tx, who, now)
}

async function emptyAccounts(tx: Tx, who: { visitorId: { in: string[] } }, now: Date) {
  const accounts = await tx.account.findMany({ where: who, select: { accountId: true } })
  const accountIds = accounts.map(({ accountId }) => accountId)
  const theirs = { accountId: { in: accountIds } }
  await tx.authSession.updateMany({ where: { ...theirs, endedAt: null }, data: { endedAt: now } })
  await tx.authSession.updateMany({ where: theirs, data: { browser: null, system: null } })
  await tx.passkey.deleteMany({ where: theirs })
  await tx.totp.deleteMany({ where: theirs })
  await tx.recoveryCode.deleteMany({ where: theirs })
  await tx.signInTry.deleteMany({ where: theirs })
  await tx.mailCode.deleteMany({ where: theirs })
  await tx.account.updateMany({
    where: theirs,
    data: { disabledAt: now, passwordHash: null, loginIndex: null },
  })
  return { accountIds }
}
