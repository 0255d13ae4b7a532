import type { Prisma, RelationshipRequest, Tx } from '@visavis/prisma'
import type { PersonName } from '@visavis/contract/person-names'

export type RequestRow = RelationshipRequest

const relationship = {
  select: {
    relationshipId: true,
    kind: true,
    state: true,
    until: true,
    reason: true,
    version: true,
    inmateApprovedAt: true,
    createdAt: true,
    inmate: {
      select: {
        inmateId: true,
        facilityId: true,
        inmateNumber: true,
        givenName: true,
        familyName: true,
      },
    },
  },
} as const satisfies Prisma.RelationshipDefaultArgs
export type OwnRelationship = Prisma.RelationshipGetPayload<typeof relationship>

/** A request and what the facility's yes made of it. */
export type OwnRequest = {
  readonly request: RequestRow
  readonly relationship: OwnRelationship | null
}

/** A child of the visitor's for whom something was asked; null: the visitor asked alone. */
export type OfChild = PersonName & { readonly visitorId: string }

const described = {
  inmateId: true,
  inmateNumber: true,
  givenName: true,
  familyName: true,
  birthDate: true,
} as const

/** Rows of requests to meet somebody; all inside the caller's transaction. */
export const requestsRepo = {
  requestsOf: (tx: Tx, visitorId: string): Promise<RequestRow[]> =>
    tx.relationshipRequest.findMany({ where: { visitorId }, orderBy: { createdAt: 'desc' } }),
  relationshipsOf: (tx: Tx, visitorId: string): Promise<OwnRelationship[]> =>
    tx.relationship.findMany({
      where: { visitorId },
      orderBy: { createdAt: 'desc' },
      ...relationship,
    }),
  childrenOf: (tx: Tx, guardianId: string): Promise<OfChild[]> =>
    tx.visitor.findMany({
      where: { guardianId },
      select: { visitorId: true, givenName: true, familyName: true },
    }),
  request: (tx: Tx, requestId: string): Promise<RequestRow | null> =>
    tx.relationshipRequest.findUnique({ where: { requestId } }),
  /** Everybody of the facility, so that the work is the same whoever is asked for (EL-2). */
  describedAt: (tx: Tx, facilityId: string) =>
    tx.inmate.findMany({ where: { facilityId, custody: 'IN_CUSTODY' }, select: described }),
  add: async (tx: Tx, row: Prisma.RelationshipRequestUncheckedCreateInput) => {
    return tx.relationshipRequest.create({ data: row })
  },
  /** Compare-and-set on the version; false: somebody else was first. */
  change: async (
    tx: Tx,
    { requestId, version }: Pick<RequestRow, 'requestId' | 'version'>,
    data: Prisma.RelationshipRequestUncheckedUpdateManyInput,
  ): Promise<boolean> => {
    const changed = await tx.relationshipRequest.updateMany({
      where: { requestId, version },
      data: { ...data, version: { increment: 1 } },
    })
    return changed.count === 1
  },
}
