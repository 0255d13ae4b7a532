/** Ids of rows, for modules' services, which never touch the database itself. */
export { newId } from '@visavis/prisma'
export type { NewId } from '@visavis/prisma'
