import type { PendingRegistration, Prisma, Tx } from '@visavis/prisma'

/** A person as the registration says it, for the new rows. */
export type NewPerson = {
  readonly visitorId: string
  readonly accountId: string
  readonly registration: RegistrationRow
}
export type RegistrationRow = PendingRegistration

/** Rows of registrations, and the people made of them; all inside the caller's transaction. */
export const registrationRepo = {
  isKnown: async (tx: Tx, login: string): Promise<boolean> => {
    const account = await tx.account.findUnique({ where: { login }, select: { accountId: true } })
    return account !== null
  },
  /** How many links the address was given since. */
  countSince: (tx: Tx, email: string, since: Date): Promise<number> =>
    tx.pendingRegistration.count({ where: { email, createdAt: { gt: since } } }),
  add: async (tx: Tx, row: Prisma.PendingRegistrationUncheckedCreateInput): Promise<void> => {
    await tx.pendingRegistration.create({ data: row, select: { registrationId: true } })
  },
  removeExpired: async (tx: Tx, now: Date): Promise<void> => {
    await tx.pendingRegistration.deleteMany({ where: { expiresAt: { lte: now } } })
  },
  openByTokenHash: (tx: Tx, tokenHash: string, now: Date): Promise<RegistrationRow | null> =>
    tx.pendingRegistration.findFirst({
      where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    }),
  /** Uses up every link of the address; false: another request was first. */
  use: async (tx: Tx, { registrationId, email }: RegistrationRow, now: Date): Promise<boolean> => {
    const where = { registrationId, usedAt: null }
    const used = await tx.pendingRegistration.updateMany({ where, data: { usedAt: now } })
    await tx.pendingRegistration.updateMany({
      where: { email, usedAt: null },
      data: { usedAt: now },
    })
    return used.count === 1
  },
  /** False: somebody has that login by now. */
  addPerson: async (tx: Tx, person: NewPerson): Promise<boolean> => {
    const { visitorId, accountId, registration } = person
    const { givenName, familyName, birthDate, email, phone, language, timeZone } = registration
    await tx.visitor.create({
      data: { visitorId, givenName, familyName, birthDate, email, phone, language, timeZone },
      select: { visitorId: true },
    })
    const account = { login: email, passwordHash: registration.passwordHash, language }
    const added = await tx.account.createMany({
      data: [{ accountId, role: 'visitor', visitorId, ...account }],
      skipDuplicates: true,
    })
    return added.count === 1
  },
}
