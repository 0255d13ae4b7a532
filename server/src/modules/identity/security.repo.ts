import type { Database, Prisma } from '@visavis/prisma'

const TRIES_SHOWN = 20

/** What the page of one's own security reads. */
export function createSecurityRepo(db: Database) {
  return {
    account: (accountId: string) =>
      db.account.findUnique({
        where: { accountId },
        select: {
          login: true,
          role: true,
          passwordHash: true,
          passwordChangedAt: true,
          emailProvedAt: true,
          totp: { select: { confirmedAt: true } },
          visitor: { select: { email: true } },
        },
      }),
    liveSessions: (accountId: string, now: Date) =>
      db.authSession.findMany({
        where: { accountId, endedAt: null, expiresAt: { gt: now }, visitId: null },
        orderBy: { lastSeenAt: 'desc' },
      }),
    lastTries: (accountId: string) =>
      db.signInTry.findMany({ where: { accountId }, orderBy: { at: 'desc' }, take: TRIES_SHOWN }),
  }
}

export type SecurityRepo = ReturnType<typeof createSecurityRepo>
export type SessionRow = Prisma.AuthSessionGetPayload<object>
