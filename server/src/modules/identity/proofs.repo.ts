import type { Database, Prisma, Tx } from '@visavis/prisma'
import type { Proofs, SignInPerson } from './sign-in-rules.ts'

/** A passkey as it is stored. */
export type PasskeyRow = Prisma.PasskeyGetPayload<object>
export type TotpRow = Prisma.TotpGetPayload<object>

/** Whose it is, and what that account can prove with who it is. */
export type ProofsOf = SignInPerson & Proofs

/** Which browser or sign-in a challenge belongs to. */
export type ChallengeOwner = { readonly browserHash: string } | { readonly authSessionId: string }
export type ChallengeKind = 'CREATE' | 'SIGN_IN' | 'PROVE'

/** Rows of passkeys, challenges, authenticator apps and recovery codes. */
export type ProofsRepo = ReturnType<typeof createProofsRepo>

export function createProofsRepo(db: Database) {
  return {
    /** Null: no such account. */
    proofsOf: async (accountId: string, tx: Tx = db): Promise<ProofsOf | null> => {
      const found = await tx.account.findUnique({
        where: { accountId },
        select: {
          role: true,
          passwordHash: true,
          totp: { select: { confirmedAt: true } },
          visitor: { select: { professional: { select: { state: true } } } },
          _count: { select: { passkeys: true } },
        },
      })
      return found && asProofs(found)
    },
    passwordHash: async (accountId: string): Promise<string | null> => {
      const select = { passwordHash: true }
      const found = await db.account.findUnique({ where: { accountId }, select })
      return found?.passwordHash ?? null
    },
    /** Nobody else changes what this account proves itself with until the transaction ends. */
    lock: async (tx: Tx, accountId: string): Promise<void> => {
      await tx.$queryRaw`SELECT 1 FROM account WHERE account_id = ${accountId}::uuid FOR NO KEY UPDATE`
    },
    ...passkeyRows(db),
    ...codeRows(db),
    ...recoveryRows(db),
  }
}

type ProofsRow = {
  readonly role: SignInPerson['role']
  readonly passwordHash: string | null
  readonly totp: { readonly confirmedAt: Date | null } | null
  readonly visitor: { readonly professional: { readonly state: string } | null } | null
  readonly _count: { readonly passkeys: number }
}

function asProofs({ role, passwordHash, totp, visitor, _count }: ProofsRow): ProofsOf {
  const state = visitor?.professional?.state
  return {
    role,
    isProfessional: state !== undefined && state !== 'REJECTED',
    hasPassword: passwordHash !== null,
    passkeys: _count.passkeys,
    hasTotp: totp !== null && totp.confirmedAt !== null,
  }
}

function passkeyRows(db: Database) {
  return {
    passkeysOf: (accountId: string, tx: Tx = db): Promise<PasskeyRow[]> =>
      tx.passkey.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } }),
    passkeyByCredential: (credentialId: string): Promise<PasskeyRow | null> =>
      db.passkey.findUnique({ where: { credentialId } }),
    /** False: somebody has that credential already. */
    addPasskey: async (tx: Tx, data: Prisma.PasskeyCreateManyInput): Promise<boolean> =>
      (await tx.passkey.createMany({ data: [data], skipDuplicates: true })).count === 1,
    /** Null: not the account's, or gone. */
    changePasskey: async (
      tx: Tx,
      which: { passkeyId: string; accountId: string },
      data: { name: string },
    ): Promise<PasskeyRow | null> => {
      const changed = await tx.passkey.updateMany({ where: which, data })
      return changed.count === 0
        ? null
        : tx.passkey.findUnique({ where: { passkeyId: which.passkeyId } })
    },
    removePasskeys: async (
      tx: Tx,
      which: { passkeyId?: string; accountId: string },
    ): Promise<number> => (await tx.passkey.deleteMany({ where: which })).count,
    /** Compare and set by the counter that the answer was checked against; false: another was first. */
    usePasskey: async (
      tx: Tx,
      { passkeyId, counter }: Pick<PasskeyRow, 'passkeyId' | 'counter'>,
      used: { counter: bigint; isBackedUp: boolean; lastUsedAt: Date },
    ): Promise<boolean> =>
      (await tx.passkey.updateMany({ where: { passkeyId, counter }, data: used })).count === 1,
    addChallenge: async (data: Prisma.PasskeyChallengeCreateManyInput): Promise<void> => {
      await db.passkeyChallenge.deleteMany({ where: { expiresAt: { lt: data.createdAt as Date } } })
      await db.passkeyChallenge.createMany({ data: [data] })
    },
    /** Uses a challenge up, right or wrong; false: it is not this owner's, is used or too old. */
    useChallenge: async (
      which: { challenge: string; kind: ChallengeKind } & ChallengeOwner,
      now: Date,
    ): Promise<boolean> => {
      const where = { ...which, usedAt: null, expiresAt: { gt: now } }
      return (await db.passkeyChallenge.updateMany({ where, data: { usedAt: now } })).count === 1
    },
  }
}

function codeRows(db: Database) {
  return {
    totpOf: (accountId: string, tx: Tx = db): Promise<TotpRow | null> =>
      tx.totp.findUnique({ where: { accountId } }),
    putTotp: async (
      tx: Tx,
      {
        accountId,
        ...fresh
      }: { accountId: string; sealedSecret: Uint8Array<ArrayBuffer>; createdAt: Date },
    ): Promise<void> => {
      const data = { ...fresh, confirmedAt: null, lastStep: 0n }
      await tx.totp.upsert({ where: { accountId }, create: { accountId, ...data }, update: data })
    },
    /** Takes a step, once; false: it or a later one was taken by another request. */
    takeStep: async (
      tx: Tx,
      accountId: string,
      taken: { lastStep: bigint; confirmedAt?: Date },
    ): Promise<boolean> => {
      const where = { accountId, lastStep: { lt: taken.lastStep } }
      return (await tx.totp.updateMany({ where, data: taken })).count === 1
    },
    removeTotp: async (tx: Tx, accountId: string): Promise<number> => {
      await tx.recoveryCode.deleteMany({ where: { accountId } })
      return (await tx.totp.deleteMany({ where: { accountId } })).count
    },
  }
}

function recoveryRows(db: Database) {
  return {
    putRecoveryCodes: async (
      tx: Tx,
      accountId: string,
      rows: readonly { recoveryCodeId: string; codeHash: string; createdAt: Date }[],
    ): Promise<void> => {
      await tx.recoveryCode.deleteMany({ where: { accountId } })
      await tx.recoveryCode.createMany({ data: rows.map((row) => ({ accountId, ...row })) })
    },
    useRecoveryCode: async (
      tx: Tx,
      which: { accountId: string; codeHash: string },
      usedAt: Date,
    ): Promise<boolean> => {
      const where = { ...which, usedAt: null }
      return (await tx.recoveryCode.updateMany({ where, data: { usedAt } })).count === 1
    },
    /** Who signs in needs no way back: whoever waits for one by mail alone waits in vain. */
    cancelRecoveries: async (tx: Tx, accountId: string, cancelledAt: Date): Promise<void> => {
      const where = { accountId, purpose: 'RECOVERY', usedAt: null, cancelledAt: null }
      await tx.mailCode.updateMany({ where, data: { cancelledAt } })
    },
    recoveryCodesLeft: (accountId: string): Promise<number> =>
      db.recoveryCode.count({ where: { accountId, usedAt: null } }),
    setPassword: async (
      tx: Tx,
      accountId: string,
      data: { passwordHash: string | null; passwordChangedAt: Date },
    ): Promise<void> => {
      await tx.account.update({ where: { accountId }, data, select: { accountId: true } })
    },
  }
}
