import { DatabaseError } from 'pg'
import { z } from 'zod'
import { Prisma } from '../generated/client/client.ts'

/** SQLSTATE of an exclusion constraint's refusal: another claim holds the resource. */
export const EXCLUSION_VIOLATION = '23P01'
/** SQLSTATE of a CHECK's or one of our triggers' refusal. */
export const CHECK_VIOLATION = '23514'

/** What the driver says of a failure: its kind, and PostgreSQL's own code where it was PostgreSQL's. */
const DriverCause = z.object({ kind: z.string(), originalCode: z.string().optional() })
export type DriverCause = z.infer<typeof DriverCause>
const DriverError = z.object({ cause: DriverCause })

/**
 * What the driver says of what a query threw, or null. A COMMIT that failed throws the driver's error
 * itself; every other query has it inside Prisma's.
 */
export function driverCauseOf(error: unknown): DriverCause | null {
  const isPrismas = error instanceof Prisma.PrismaClientKnownRequestError
  const driverError = isPrismas ? error.meta?.['driverAdapterError'] : error
  return DriverError.safeParse(driverError).data?.cause ?? null
}

/** The PostgreSQL error code inside what a query threw; null if it was something else. */
export function sqlStateOf(error: unknown): string | null {
  if (error instanceof DatabaseError) return error.code ?? null
  return driverCauseOf(error)?.originalCode ?? null
}
