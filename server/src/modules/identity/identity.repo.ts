import type { Role, SignInMethod, SignInStage } from '@visavis/contract/http'
import type { Database, Prisma, Tx } from '@visavis/prisma'
import { createBatched } from '../../platform/batched.ts'
import { accountSignIns } from './account-sign-in.repo.ts'
import type { SignInTimes } from './identity-rules.ts'

const name = { select: { givenName: true, familyName: true } } as const

/** What a sign-in and an actor are made of. */
const account = {
  accountId: true,
  login: true,
  role: true,
  facilityId: true,
  operatorId: true,
  visitorId: true,
  officerId: true,
  linkCentreId: true,
  language: true,
  disabledAt: true,
  visitor: name,
  officer: name,
  facility: { select: { facilityId: true, name: true, timeZone: true } },
} as const

const device = {
  terminalId: true,
  facilityId: true,
  disabledAt: true,
} as const

const times = { authSessionId: true, expiresAt: true, lastSeenAt: true, endedAt: true } as const

/** Rows of accounts, sign-ins and devices. */
export type IdentityRepo = ReturnType<typeof createIdentityRepo>
export type AccountRow = Prisma.AccountGetPayload<{ select: typeof account }>
export type { AccountSignInRow } from './account-sign-in.repo.ts'
export type InmateSignInRow = NonNullable<Awaited<ReturnType<IdentityRepo['inmateSignIn']>>>

/** How a sign-in of an account came about. */
export type SignInFacts = {
  readonly method: SignInMethod
  readonly stage: SignInStage
  readonly provedAt: Date | null
  readonly isUserVerified: boolean
  readonly isBreakGlass: boolean
  readonly browser: string | null
  readonly system: string | null
}

/** A sign-in to be stored: of an account, perhaps for one visit only; or of an inmate, perhaps in the window of one. */
export type NewSignIn = {
  readonly authSessionId: string
  readonly tokenHash: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
} & (
  | ({ readonly accountId: string; readonly visitId?: string } & Partial<SignInFacts>)
  | { readonly inmateId: string; readonly terminalId: string; readonly visitId: string | null }
)

/** What decides whether a sign-in is over; of an inmate there is no role. */
type SignInEnd = SignInTimes & { readonly authSessionId: string; readonly role: Role | null }

/** Which sign-ins end; the last: those of a visit's room device. */
type EndedSignIns =
  | { readonly authSessionId: string }
  | { readonly terminalId: string }
  | { readonly tokenHash: string }
  | { readonly accountId: string; readonly authSessionId?: string | { readonly not: string } }
  | { readonly visitId: string; readonly accountId: { readonly not: null } }

/** The only place where identity touches the database. */
export function createIdentityRepo(db: Database) {
  return {
    accountByLogin: (login: string) =>
      db.account.findUnique({ where: { login }, select: { ...account, passwordHash: true } }),
    accountById: (accountId: string, tx: Tx = db) =>
      tx.account.findUnique({ where: { accountId }, select: account }),
    accountSignIn: createBatched((tokenHashes: readonly string[]) =>
      accountSignIns(db, tokenHashes),
    ),
    inmateSignIn: (tokenHash: string) =>
      db.authSession.findFirst({
        where: { tokenHash, inmateId: { not: null } },
        select: {
          ...times,
          visitId: true,
          terminal: { select: device },
          inmate: {
            select: { inmateId: true, givenName: true, familyName: true, language: true },
          },
        },
      }),
    seen: async (authSessionId: string, lastSeenAt: Date) => {
      await db.authSession.updateMany({ where: { authSessionId }, data: { lastSeenAt } })
    },
    ...signInRows(db),
  }
}

/** What becomes of sign-ins. */
function signInRows(db: Database) {
  return {
    addSignIn: async (tx: Tx, signIn: NewSignIn) => {
      await tx.authSession.create({ data: signIn })
    },
    /** From the desk into the window of a visit; false if the sign-in is there already, or over. */
    enterVisit: async (
      tx: Tx,
      authSessionId: string,
      window: { visitId: string; expiresAt: Date },
    ): Promise<boolean> => {
      const where = { authSessionId, visitId: null, endedAt: null }
      return (await tx.authSession.updateMany({ where, data: window })).count === 1
    },
    /** When these sign-ins end or ended, and whose they are; null: an inmate's. */
    timesOf: (authSessionIds: readonly string[]) => db.$queryRaw<SignInEnd[]>`
      SELECT s.auth_session_id AS "authSessionId", s.expires_at AS "expiresAt",
        s.last_seen_at AS "lastSeenAt", s.ended_at AS "endedAt", a.role::text AS role
      FROM auth_session s LEFT JOIN account a ON a.account_id = s.account_id
      WHERE s.auth_session_id = ANY(${[...authSessionIds]}::uuid[])`,
    /** Another token for a sign-in that goes on, with what is new of it; false: it is over. */
    renewSignIn: async (
      tx: Tx,
      authSessionId: string,
      data: { tokenHash: string; expiresAt?: Date } & Partial<SignInFacts>,
    ): Promise<boolean> => {
      const where = { authSessionId, endedAt: null }
      return (await tx.authSession.updateMany({ where, data })).count === 1
    },
    /** Ends what is not ended yet; says how many that were. */
    endSignIns: async (tx: Tx, which: EndedSignIns, endedAt: Date) => {
      const ended = await tx.authSession.updateMany({
        where: { ...which, endedAt: null },
        data: { endedAt },
      })
      return ended.count
    },
  }
}
