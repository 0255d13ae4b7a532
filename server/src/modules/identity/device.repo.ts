import type { KeyEndReason } from '@visavis/contract/terminal-proof-shapes'
import type { Database, Prisma, Tx } from '@visavis/prisma'

const terminal = {
  select: { terminalId: true, facilityId: true, disabledAt: true },
} as const

const key = {
  keyId: true,
  publicKey: true,
  certificateSha256: true,
  endedAt: true,
  terminal,
} as const satisfies Prisma.TerminalKeySelect

const session = {
  deviceSessionId: true,
  keyId: true,
  beforeId: true,
  pageHash: true,
  createdAt: true,
  expiresAt: true,
  seenAt: true,
  supersededAt: true,
  contestedAt: true,
} as const satisfies Prisma.DeviceSessionSelect

/** A terminal's key with its terminal. */
export type KeyRow = Prisma.TerminalKeyGetPayload<{ select: typeof key }>
/** A device session with its key. */
export type SessionRow = NonNullable<Awaited<ReturnType<DeviceRepo['sessionByToken']>>>

/** Rows of terminals' keys, of the sessions that they asked for, and of used nonces. */
export type DeviceRepo = ReturnType<typeof createDeviceRepo>

export function createDeviceRepo(db: Database) {
  return {
    /** The live key of a terminal. */
    liveKey: (terminalId: string) =>
      db.terminalKey.findFirst({ where: { terminalId, endedAt: null }, select: key }),
    keyById: (keyId: string) => db.terminalKey.findUnique({ where: { keyId }, select: key }),
    sessionByToken: (tokenHash: string) =>
      db.deviceSession.findUnique({
        where: { tokenHash },
        select: { ...session, key: { select: key } },
      }),
    sessionById: (deviceSessionId: string) =>
      db.deviceSession.findUnique({ where: { deviceSessionId }, select: session }),
    seen: async (deviceSessionId: string, seenAt: Date): Promise<void> => {
      await db.deviceSession.updateMany({ where: { deviceSessionId }, data: { seenAt } })
    },
    removeOlder: async (before: Date): Promise<void> => {
      await db.deviceSession.deleteMany({ where: { expiresAt: { lt: before } } })
      await db.terminalNonce.deleteMany({ where: { expiresAt: { lt: before } } })
      await db.pinCount.deleteMany({
        where: {
          since: { lt: before },
          OR: [{ waitsUntil: null }, { waitsUntil: { lt: before } }],
        },
      })
    },
  }
}

/** What becomes of them; all of it inside the caller's transaction. */
export const deviceWrites = {
  /** Uses a nonce up; false: it was used already. */
  useNonce: async (tx: Tx, nonceHash: string, expiresAt: Date): Promise<boolean> => {
    const data = [{ nonceHash, expiresAt }]
    return (await tx.terminalNonce.createMany({ data, skipDuplicates: true })).count === 1
  },
  /** Locks the key, so that of two who come with it one comes after the other; false: it has ended. */
  lockKey: async (tx: Tx, keyId: string): Promise<boolean> => {
    const rows = await tx.$queryRaw<{ isLive: boolean }[]>`
      SELECT ended_at IS NULL AS "isLive" FROM terminal_key
      WHERE key_id = ${keyId}::uuid FOR NO KEY UPDATE`
    return rows[0]?.isLive === true
  },
  /** The newest session of a key. */
  current: (tx: Tx, keyId: string) =>
    tx.deviceSession.findFirst({ where: { keyId, supersededAt: null }, select: session }),
  supersede: async (tx: Tx, deviceSessionId: string, supersededAt: Date): Promise<void> => {
    await tx.deviceSession.update({ where: { deviceSessionId }, data: { supersededAt } })
  },
  /** Notes that somebody else came with the key; the first time counts. */
  contest: async (tx: Tx, deviceSessionId: string, contestedAt: Date): Promise<void> => {
    const where = { deviceSessionId, contestedAt: null }
    await tx.deviceSession.updateMany({ where, data: { contestedAt } })
  },
  addSession: async (tx: Tx, data: Prisma.DeviceSessionCreateManyInput): Promise<void> => {
    await tx.deviceSession.createMany({ data: [data] })
  },
  /** False: this key was some terminal's already. */
  addKey: async (tx: Tx, data: Prisma.TerminalKeyCreateManyInput): Promise<boolean> => {
    const added = await tx.terminalKey.createMany({ data: [data], skipDuplicates: true })
    const { terminalId, enrolledAt } = data
    await tx.terminal.update({ where: { terminalId }, data: { enrolledAt } })
    return added.count === 1
  },
}

/** Whose key ends, when, why, and by which account (null: the server, or another device). */
export type KeyEnd = {
  readonly terminalId: string
  readonly at: Date
  readonly reason: KeyEndReason
  readonly endedBy: string | null
}

/**
 * Ends a terminal's key and with it whatever stands on it: who is signed in there, and codes that could
 * enrol it. Its sockets are cut at the commit (`sign_in_over`). False: it had none.
 */
export async function endTerminalKey(tx: Tx, end: KeyEnd): Promise<boolean> {
  const { terminalId, at, reason: endReason, endedBy } = end
  const ended = await tx.terminalKey.updateMany({
    where: { terminalId, endedAt: null },
    data: { endedAt: at, endReason, endedBy },
  })
  await tx.authSession.updateMany({
    where: { terminalId, endedAt: null },
    data: { endedAt: at },
  })
  await tx.terminalEnrolment.updateMany({
    where: { terminalId, usedAt: null, expiresAt: { gt: at } },
    data: { expiresAt: at },
  })
  return ended.count === 1
}
