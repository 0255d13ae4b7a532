import { driverCauseOf, sqlStateOf } from '@visavis/prisma'

/** Prisma's codes for a database that cannot be reached, timed out, closed the link, or has no free connection. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'])
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND'])
/** SQLSTATE classes: 08 connection exceptions, 53 no resources, 57 an operator stopped it. */
const SQL_CLASSES = ['08', '53', '57']
/** What the driver says, of a raw query or a COMMIT, which have no code of Prisma's own. */
const DRIVER_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TlsConnectionError',
])
/** What pg says of a connection that was lost under a transaction: it gives these errors no code. */
const LOST_CONNECTION = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'timeout exceeded when trying to connect',
])
/** The driver's error is wrapped a few times at most. */
const MAX_CAUSES = 5

/** Whether an error means that the database, and not the query, has failed. */
export function isDatabaseGone(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state !== null && SQL_CLASSES.some((sqlClass) => state.startsWith(sqlClass))) return true
  if (DRIVER_KINDS.has(driverCauseOf(error)?.kind ?? '')) return true
  if (error instanceof Error && LOST_CONNECTION.has(error.message)) return true
  return codesOf(error).some((code) => PRISMA_CODES.has(code) || SOCKET_CODES.has(code))
}

function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth === MAX_CAUSES) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return 'cause' in error ? [...own, ...codesOf(error.cause, depth + 1)] : own
}
