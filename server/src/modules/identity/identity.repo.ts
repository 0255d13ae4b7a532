import type { SignInMethod, SignInStage } from '@visavis/contract/http'
import type { Database, Prisma, Tx } from '@visavis/prisma'
import { createBatched } from '../../platform/batched.ts'
import { accountSignIns } from './account-sign-in.repo.ts'

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
  deviceTokenHash: true,
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
    terminalByToken: (deviceTokenHash: string) =>
      db.terminal.findUnique({ where: { deviceTokenHash }, select: device }),
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
    /** Of these sign-ins those that were ended. */
    endedOf: async (authSessionIds: readonly string[]): Promise<string[]> => {
      const where = { authSessionId: { in: [...authSessionIds] }, endedAt: { not: null } }
      const rows = await db.authSession.findMany({ where, select: { authSessionId: true } })
      return rows.map(({ authSessionId }) => authSessionId)
    },
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
