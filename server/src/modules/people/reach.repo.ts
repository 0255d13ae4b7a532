import type { Tx } from '@visavis/prisma'

/** Who is known where (TR-3): the people a facility's desk reaches; all inside the caller's transaction. */
export const reachRepo = {
  /** Facilities where the visitor has, or asked for, somebody. */
  facilitiesOf: async (tx: Tx, visitorId: string): Promise<string[]> => {
    const rows = await tx.$queryRaw<{ facility_id: string }[]>`
      SELECT facility_id FROM relationship JOIN inmate USING (inmate_id)
        WHERE visitor_id = ${visitorId}::uuid
      UNION
      SELECT facility_id FROM relationship_request
        WHERE visitor_id = ${visitorId}::uuid AND state <> 'WITHDRAWN'`
    return rows.map((row) => row.facility_id)
  },
  isVisitorOf: async (tx: Tx, facilityId: string, visitorId: string): Promise<boolean> => {
    const known = await reachRepo.facilitiesOf(tx, visitorId)
    if (known.includes(facilityId)) return true
    // Whoever has a task about somebody may see whom, also after the inmate has moved on.
    const where = { facilityId, visitorId, state: 'OPEN' as const }
    return (await tx.task.findFirst({ where, select: { taskId: true } })) !== null
  },
  isInmateOf: async (tx: Tx, facilityId: string, inmateId: string): Promise<boolean> => {
    const found = await tx.inmate.findFirst({
      where: { inmateId, facilityId },
      select: { inmateId: true },
    })
    return found !== null
  },
  isVisitor: async (tx: Tx, visitorId: string): Promise<boolean> =>
    (await tx.visitor.findUnique({ where: { visitorId }, select: { visitorId: true } })) !== null,
  isInmate: async (tx: Tx, inmateId: string): Promise<boolean> =>
    (await tx.inmate.findUnique({ where: { inmateId }, select: { inmateId: true } })) !== null,
}
