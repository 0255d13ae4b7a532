import type { Database, Prisma, Tx } from '@visavis/prisma'

const PERSON = {
  select: {
    accountId: true,
    officerId: true,
    login: true,
    officer: { select: { givenName: true, familyName: true } },
  },
} as const

const HEADING = {
  incidentId: true,
  operatorId: true,
  title: true,
  state: true,
  discoveredAt: true,
  openedAt: true,
  authorityDueAt: true,
  authorityToldAt: true,
  peopleDueAt: true,
  workState: true,
  workedOutAt: true,
  lettersOrderedAt: true,
  alarms: true,
} as const satisfies Prisma.IncidentSelect

const INCIDENT = {
  ...HEADING,
  version: true,
  description: true,
  fromAt: true,
  toAt: true,
  systems: true,
  accountIds: true,
  facilityIds: true,
  workMs: true,
  entriesRead: true,
  authorityReference: true,
  letters: true,
  closeAskedAt: true,
  closeOutcome: true,
  closeReason: true,
  closedAt: true,
  operator: { select: { name: true } },
  opener: PERSON,
  closeAsker: PERSON,
  closer: PERSON,
  notes: {
    orderBy: [{ at: 'asc' }, { noteId: 'asc' }],
    select: { at: true, text: true, author: PERSON },
  },
} as const satisfies Prisma.IncidentSelect

export type IncidentRow = Prisma.IncidentGetPayload<{ select: typeof INCIDENT }>
export type HeadingRow = Prisma.IncidentGetPayload<{ select: typeof HEADING }>
export type IncidentsRepo = ReturnType<typeof createIncidentsRepo>

/** Incidents; an operator sees its own alone. */
export function createIncidentsRepo(db: Database) {
  return {
    list: (operatorId: string): Promise<HeadingRow[]> =>
      db.incident.findMany({
        where: { operatorId },
        orderBy: [{ state: 'asc' }, { openedAt: 'desc' }],
        select: HEADING,
      }),
    facilities: (operatorId: string, tx: Tx = db) =>
      tx.facility.findMany({
        where: { operatorId },
        orderBy: { name: 'asc' },
        select: { facilityId: true, name: true },
      }),
    find: (incidentId: string, operatorId: string, tx: Tx = db): Promise<IncidentRow | null> =>
      tx.incident.findFirst({ where: { incidentId, operatorId }, select: INCIDENT }),
    /** Whoever it belongs to: for jobs. */
    byId: (incidentId: string, tx: Tx = db): Promise<IncidentRow | null> =>
      tx.incident.findUnique({ where: { incidentId }, select: INCIDENT }),
    open: (): Promise<HeadingRow[]> =>
      db.incident.findMany({ where: { state: 'OPEN' }, select: HEADING }),
    /** Administrators of an operator whom mail reaches: their sign-ins and languages. */
    async administrators(tx: Tx, operatorId: string) {
      const all = await tx.account.findMany({
        where: { operatorId, role: 'operatorAdmin', disabledAt: null },
        select: { accountId: true, login: true, language: true },
      })
      return all.filter(({ login }) => login.includes('@'))
    },
    async add(tx: Tx, row: Prisma.IncidentUncheckedCreateInput): Promise<void> {
      await tx.incident.create({ data: row, select: { incidentId: true } })
    },
    /** Nobody else changes it until the transaction ends. */
    async lock(tx: Tx, incidentId: string): Promise<void> {
      await tx.$queryRaw`
        SELECT 1 FROM incident WHERE incident_id = ${incidentId}::uuid FOR UPDATE`
    },
    async change(
      tx: Tx,
      incidentId: string,
      data: Prisma.IncidentUncheckedUpdateInput,
    ): Promise<void> {
      await tx.incident.update({
        where: { incidentId },
        data: { ...data, version: { increment: 1 } },
        select: { incidentId: true },
      })
    },
    async note(tx: Tx, row: Prisma.IncidentNoteUncheckedCreateInput): Promise<void> {
      await tx.incidentNote.create({ data: row, select: { noteId: true } })
    },
  }
}
