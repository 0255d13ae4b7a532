import { DatabaseError } from 'pg'
import { z } from 'zod'
import { Prisma } from '../generated/client/client.ts'

/** SQLSTATE of an exclusion constraint's refusal: another claim holds the resource. */
export const EXCLUSION_VIOLATION = '23P01'
/** SQLSTATE of a CHECK's or one of our triggers' refusal. */
export const CHECK_VIOLATION = '23514'

/** Where Prisma keeps the driver's own code. */
const DriverMeta = z.object({
  driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }),
})

/** The PostgreSQL error code inside what a query threw; null if it was something else. */
export function sqlStateOf(error: unknown): string | null {
  if (error instanceof DatabaseError) return error.code ?? null
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null
  const meta = DriverMeta.safeParse(error.meta)
  return meta.success ? meta.data.driverAdapterError.cause.originalCode : null
}
