import type { AuditActor } from '../audit/index.ts'

/** Who keeps and destroys by the clock. */
export const SYSTEM: AuditActor = { type: 'system', actorId: 'retention.run' }
