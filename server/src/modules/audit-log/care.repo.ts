import type { AuditTimeStamp, AuditVerification, Database } from '@visavis/prisma'

/** A day's stamp. */
export type Stamp = {
  /** `yyyy-mm-dd`, UTC. */
  readonly day: string
  readonly text: string
  readonly token: Uint8Array
  readonly stampedAt: Date
}

/** Checks of whole logs, and time stamps. */
export type CareRepo = ReturnType<typeof createCareRepo>

export function createCareRepo(db: Database) {
  return {
    async stampOf(day: string): Promise<AuditTimeStamp | null> {
      return db.auditTimeStamp.findUnique({ where: { day: new Date(day) } })
    },
    async addStamp({ day, token, ...stamp }: Stamp): Promise<void> {
      const data = [{ ...stamp, day: new Date(day), token: new Uint8Array(token) }]
      await db.auditTimeStamp.createMany({ data, skipDuplicates: true })
    },
    lastStamp: (): Promise<AuditTimeStamp | null> =>
      db.auditTimeStamp.findFirst({ orderBy: { day: 'desc' } }),
    stamps: (): Promise<AuditTimeStamp[]> =>
      db.auditTimeStamp.findMany({ orderBy: { day: 'asc' } }),
    lastVerification: (log: string): Promise<AuditVerification | null> =>
      db.auditVerification.findFirst({ where: { log }, orderBy: { checkedAt: 'desc' } }),
    async addVerification(data: AuditVerification): Promise<void> {
      await db.auditVerification.create({ data })
    },
  }
}
