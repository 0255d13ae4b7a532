import type { AuditLog } from '@visavis/prisma'
import { ESTATE_LOG, facilityLog } from '../audit/index.ts'

/** A log as strangers name it, by the name that it has inside. */
export function logOf(id: string): AuditLog {
  return id === ESTATE_LOG ? ESTATE_LOG : facilityLog(id)
}

/** The other way round. */
export function idOfLog(log: string): string {
  return log.slice(log.indexOf('/') + 1)
}
