import type { Prisma } from '@visavis/prisma'

/** What the desk's lists show of a visitor. */
export const visitorRow = {
  visitorId: true,
  givenName: true,
  familyName: true,
  birthDate: true,
  verification: true,
} as const satisfies Prisma.VisitorSelect
export type VisitorRowData = Prisma.VisitorGetPayload<{ select: typeof visitorRow }>

/** What the desk's lists show of an inmate. */
export const inmateRow = {
  inmateId: true,
  facilityId: true,
  inmateNumber: true,
  givenName: true,
  familyName: true,
  birthDate: true,
  wing: true,
  custody: true,
} as const satisfies Prisma.InmateSelect
export type InmateRowData = Prisma.InmateGetPayload<{ select: typeof inmateRow }>
