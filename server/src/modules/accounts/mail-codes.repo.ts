import type { MailCode, Prisma, Tx } from '@visavis/prisma'

export type MailCodeRow = MailCode
export type CodePurpose = 'RECOVERY' | 'ADDRESS'

/** Rows of codes by mail; all inside the caller's transaction. */
export const mailCodesRepo = {
  add: async (tx: Tx, data: Prisma.MailCodeUncheckedCreateInput): Promise<void> => {
    await tx.mailCode.create({ data, select: { mailCodeId: true } })
  },
  /** How many codes of that purpose the account was given since. */
  countSince: (
    tx: Tx,
    which: { accountId: string; purpose: CodePurpose },
    since: Date,
  ): Promise<number> => tx.mailCode.count({ where: { ...which, createdAt: { gt: since } } }),
  /** The newest code that the browser may still show. */
  openOf: (
    tx: Tx,
    which: { browserHash: string; purpose: CodePurpose },
    now: Date,
  ): Promise<MailCodeRow | null> =>
    tx.mailCode.findFirst({
      where: { ...which, expiresAt: { gt: now }, provedAt: null, usedAt: null, cancelledAt: null },
      orderBy: { createdAt: 'desc' },
    }),
  /** Counts a try; false: there were enough. */
  countTry: async (tx: Tx, mailCodeId: string, most: number): Promise<boolean> => {
    const where = { mailCodeId, tries: { lt: most } }
    return (await tx.mailCode.updateMany({ where, data: { tries: { increment: 1 } } })).count === 1
  },
  prove: async (
    tx: Tx,
    mailCodeId: string,
    data: { provedAt: Date; opensAt: Date | null },
  ): Promise<void> => {
    await tx.mailCode.update({ where: { mailCodeId }, data })
  },
  /** The end of the oldest wait of the account that goes on. */
  waitingUntil: async (tx: Tx, accountId: string, since: Date): Promise<Date | null> => {
    const found = await tx.mailCode.findFirst({
      where: {
        ...{ accountId, purpose: 'RECOVERY', usedAt: null, cancelledAt: null },
        opensAt: { not: null },
        provedAt: { gt: since },
      },
      orderBy: { opensAt: 'asc' },
    })
    return found?.opensAt ?? null
  },
  /** What the browser has proved since, and not used yet. */
  provedOf: (
    tx: Tx,
    which: { browserHash: string; purpose: CodePurpose },
    since: Date,
  ): Promise<MailCodeRow | null> =>
    tx.mailCode.findFirst({
      where: { ...which, provedAt: { gt: since }, usedAt: null, cancelledAt: null },
      orderBy: { provedAt: 'desc' },
    }),
  /** Uses a proof up; false: another request was first. */
  use: async (tx: Tx, mailCodeId: string, usedAt: Date): Promise<boolean> => {
    const where = { mailCodeId, usedAt: null, cancelledAt: null }
    return (await tx.mailCode.updateMany({ where, data: { usedAt } })).count === 1
  },
  removeBefore: async (tx: Tx, before: Date): Promise<void> => {
    await tx.mailCode.deleteMany({ where: { createdAt: { lt: before } } })
  },
  /** A visitor's account by its address; null: there is none that could be recovered. */
  visitorAccount: (tx: Tx, which: { login: string } | { accountId: string }) =>
    tx.account.findFirst({
      where: { ...which, role: 'visitor', disabledAt: null },
      select: {
        accountId: true,
        login: true,
        language: true,
        visitorId: true,
        visitor: { select: { givenName: true, familyName: true } },
      },
    }),
  isLoginTaken: async (tx: Tx, login: string, butBy: string): Promise<boolean> => {
    const found = await tx.account.findUnique({ where: { login }, select: { accountId: true } })
    return found !== null && found.accountId !== butBy
  },
  /** The address is the account's login and where its visitor's mails go. */
  setAddress: async (
    tx: Tx,
    { accountId, visitorId, email }: { accountId: string; visitorId: string; email: string },
    emailProvedAt: Date,
  ): Promise<void> => {
    const data = { login: email, emailProvedAt }
    await tx.account.update({ where: { accountId }, data, select: { accountId: true } })
    const changes = { email, version: { increment: 1 } }
    await tx.visitor.update({ where: { visitorId }, data: changes, select: { visitorId: true } })
  },
}
