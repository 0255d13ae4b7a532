import { newId, newToken, tokenHash } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'

const HOURS_12_MS = 43_200_000

/** A `Cookie` header of a fresh sign-in of the account, without the cost of a password. */
export async function aSignIn(db: Database, accountId: string): Promise<string> {
  const token = newToken()
  const now = new Date()
  await db.authSession.create({
    data: {
      ...{ authSessionId: newId(), accountId, tokenHash: tokenHash(token) },
      ...{ createdAt: now, lastSeenAt: now },
      expiresAt: new Date(now.getTime() + HOURS_12_MS),
      // As after a sign-in: what needs a fresh proof is allowed for five minutes.
      provedAt: now,
    },
  })
  return `visavis=${token}`
}
