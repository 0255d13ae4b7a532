export { Prisma } from '../generated/client/client.ts'
export type * from '../generated/client/client.ts'
export {
  type AuditActor,
  type AuditDraft,
  type AuditLog,
  type AuditObject,
  type AuditPolicy,
  type AuditRow,
  CHAIN_START,
  chainEntry,
  type ChainHead,
  ESTATE_LOG,
  facilityLog,
} from './audit/audit-entry.ts'
export { appendAudit, auditCall } from './audit/append-audit.ts'
export { type CanonicalValue, canonicalJson } from '@visavis/contract/canonical-json'
export {
  type ChainCheck,
  type ChainFault,
  type ChainVerdict,
  createChainCheck,
  verifyAuditChain,
} from './audit/verify-chain.ts'
export {
  type Claim,
  type ClaimRequest,
  claimResources,
  lockResources,
  setHoldExpiry,
} from './claims.ts'
export { createDatabase, type Database, type DatabaseOptions, type Tx } from './database.ts'
export { DEFAULT_FACILITY_POLICY, FacilityPolicy } from './facility-policy.ts'
export { type Listening, type ListenOptions, listen } from './listen.ts'
export { type NewId, newId, uuidv7 } from './ids.ts'
export {
  enrolmentCodeHash,
  hashSecret,
  newEnrolmentCode,
  newToken,
  tokenHash,
  verifySecret,
} from './secret-hash.ts'
export { CHECK_VIOLATION, driverCauseOf, EXCLUSION_VIOLATION, sqlStateOf } from './sql-errors.ts'
export type { FieldCipher } from './personal/field-cipher.ts'
export { ERASED_BIRTH_DATE } from './personal/open-result.ts'
export { type Personal, personalOf } from './personal/personal.ts'
export type { PersonKeysPlace } from './personal/person-keys.ts'
export { sealClearRows } from './personal/seal-clear-rows.ts'
export { waitForDatabase } from './wait-for-database.ts'
