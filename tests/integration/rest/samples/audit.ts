import type { auditRoutes } from '@visavis/contract/http'
import { appendAudit, facilityLog } from '@visavis/prisma'
import { cosignatureLine } from '../../../support/audit-key.ts'
import type { Sample, SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the audit log: of the place's own log, which has grown by then and was signed. */
export function auditSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof auditRoutes, SampleMaker> {
  const log = () => place().facilityId
  const newest = async () => {
    await note()
    await world().jobs.runNow('audit.checkpoint')
    const where = { log: facilityLog(log()) }
    return world().db.auditCheckpoint.findFirstOrThrow({ where, orderBy: { size: 'desc' } })
  }
  /** A log of no entries has no checkpoint. */
  const note = () =>
    world().db.$transaction((tx) =>
      appendAudit(tx, {
        ...{ log: facilityLog(log()), ts: world().clock.now() },
        actor: { type: 'officer', actorId: place().accounts.officer },
        ...{ action: 'sample.note', outcome: 'allow' },
        object: { type: 'sample', objectId: crypto.randomUUID() },
      }),
    )
  const ofLog = async (): Promise<Sample> => {
    await newest()
    return { params: { log: log() } }
  }
  const ofEntry = async (): Promise<Sample> => {
    await newest()
    return { params: { log: log(), seq: '1' } }
  }
  return {
    auditKeys: async () => ({}),
    auditCheckpoints: async () => ({}),
    auditCheckpoint: ofLog,
    auditConsistency: async () => {
      const { size } = await newest()
      return { query: { log: log(), from: '1', to: String(size) } }
    },
    cosignCheckpoint: async () => {
      const { note, size } = await newest()
      const line = cosignatureLine(note, world().clock.now())
      return { payload: { log: log(), size: Number(size), line } }
    },
    auditLogs: async () => ({}),
    auditEntries: async () => ({ query: { log: log() } }),
    auditEntry: ofEntry,
    auditProof: ofEntry,
    exportAuditLog: ofLog,
  }
}
