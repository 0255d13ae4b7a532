import type { Prisma, Tx } from '@visavis/prisma'

const facility = { select: { name: true, timeZone: true } } as const

/** As much of a visit as its visitor may know: nobody who watched, no note of staff, no other visitor (OV-3, EL-8). */
const SEAT = {
  role: true,
  arrivedAt: true,
  admittedAt: true,
  refusedReason: true,
  visit: {
    select: {
      ...{ visitId: true, visitClass: true, bookingState: true, startsAt: true, endsAt: true },
      ...{ place: true, createdAt: true, isRecorded: true, facility },
      inmate: { select: { givenName: true } },
      session: { select: { outcome: true, deliveredMs: true, endedAt: true } },
    },
  },
} as const satisfies Prisma.SeatSelect

const ACCOUNT = {
  ...{ accountId: true, language: true, createdAt: true, disabledAt: true },
  ...{ emailProvedAt: true, passwordChangedAt: true },
  passkeys: { select: { name: true, createdAt: true, lastUsedAt: true } },
  totp: { select: { confirmedAt: true } },
  authSessions: {
    orderBy: { createdAt: 'desc' },
    select: { createdAt: true, endedAt: true, method: true, browser: true, system: true },
  },
  signInTries: { orderBy: { at: 'desc' }, select: { at: true, method: true, isAllowed: true } },
} as const satisfies Prisma.AccountSelect

export type OwnSeat = Prisma.SeatGetPayload<{ select: typeof SEAT }>
export type OwnAccount = Prisma.AccountGetPayload<{ select: typeof ACCOUNT }>

/** What is kept of a visitor outside of the module of people; nothing in here is encrypted by field. */
export const gatheredRepo = {
  seats: (tx: Tx, visitorId: string): Promise<OwnSeat[]> =>
    tx.seat.findMany({
      where: { visitorId },
      orderBy: { visit: { startsAt: 'desc' } },
      select: SEAT,
    }),
  accounts: (tx: Tx, visitorId: string): Promise<OwnAccount[]> =>
    tx.account.findMany({ where: { visitorId }, select: ACCOUNT }),
  notices: (tx: Tx, visitorId: string) =>
    tx.notice.findMany({
      where: { visitorId },
      orderBy: { createdAt: 'desc' },
      select: { kind: true, channel: true, state: true, createdAt: true, sentAt: true },
    }),
  deviceTests: (tx: Tx, accountIds: string[]) =>
    tx.preflightResult.findMany({
      where: { accountId: { in: accountIds } },
      orderBy: { madeAt: 'desc' },
      select: { madeAt: true, device: true, light: true, problems: true },
    }),
  waiting: (tx: Tx, accountIds: string[]) =>
    tx.waitingEntry.findMany({
      where: { accountId: { in: accountIds } },
      orderBy: { createdAt: 'desc' },
      select: { createdAt: true, state: true, slot: { select: { startsAt: true } } },
    }),
  exports: (tx: Tx, visitorId: string) =>
    tx.dataExport.findMany({
      where: { visitorId },
      orderBy: { askedAt: 'desc' },
      select: { askedAt: true, state: true, downloads: true },
    }),
}

export type OwnNotice = Awaited<ReturnType<typeof gatheredRepo.notices>>[number]
