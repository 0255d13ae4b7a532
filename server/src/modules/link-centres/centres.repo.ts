import type { OpeningHours } from '@visavis/contract/http'
import type { Database, Tx } from '@visavis/prisma'

const centre = {
  linkCentreId: true,
  estateId: true,
  name: true,
  address: true,
  timeZone: true,
  openingHours: true,
} as const

/** Rows of link centres. */
export type CentresRepo = ReturnType<typeof createCentresRepo>
export type CentreRow = NonNullable<Awaited<ReturnType<CentresRepo['centre']>>>

export function createCentresRepo(db: Database) {
  return {
    centre: (linkCentreId: string) =>
      db.linkCentre.findUnique({ where: { linkCentreId }, select: centre }),
    centresOf: (estateIds: readonly string[]) =>
      db.linkCentre.findMany({
        where: { estateId: { in: [...estateIds] } },
        orderBy: [{ name: 'asc' }, { linkCentreId: 'asc' }],
        select: { ...centre, _count: { select: { rooms: true } } },
      }),
    /** Estates of facilities that the visitor may visit, or named in a request. */
    estatesOfVisitor: async (visitorId: string): Promise<string[]> => {
      const [relationships, requests] = await Promise.all([
        db.relationship.findMany({
          where: { visitorId, state: 'APPROVED' },
          select: { inmate: { select: { facilityId: true } } },
        }),
        db.relationshipRequest.findMany({ where: { visitorId }, select: { facilityId: true } }),
      ])
      const facilityIds = [...relationships.map(({ inmate }) => inmate), ...requests]
      return estatesOf(db, facilityIds)
    },
    estatesOfFacility: (facilityId: string) => estatesOf(db, [{ facilityId }]),
    setOpeningHours: async (tx: Tx, linkCentreId: string, openingHours: OpeningHours) => {
      await tx.linkCentre.update({ where: { linkCentreId }, data: { openingHours } })
    },
  }
}

async function estatesOf(
  db: Database,
  facilities: readonly { readonly facilityId: string }[],
): Promise<string[]> {
  const rows = await db.facility.findMany({
    where: { facilityId: { in: facilities.map(({ facilityId }) => facilityId) } },
    distinct: ['estateId'],
    select: { estateId: true },
  })
  return rows.map(({ estateId }) => estateId)
}
