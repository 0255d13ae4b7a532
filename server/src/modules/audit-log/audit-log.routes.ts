import { routes } from '@visavis/contract/http'
import type { FastifyReply } from 'fastify'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import { logFiles, zipOf } from './log-export.ts'
import type { LogExportDeps } from './log-export.ts'
import type { PublicLog } from './public-log.service.ts'
import type { AuditReader } from './reader.service.ts'

/** A witness asks for each log once a minute; more than so many logs it asks for more slowly. */
const PUBLIC_PER_MINUTE = 300
/** A whole log is much work. */
const EXPORTS_PER_MINUTE = 3

type Bind = BindRoute<ActorByAccess>

/** Puts the public side of the audit log on the server (TR-2). */
export function bindPublicLog(bind: Bind, log: PublicLog): void {
  const limit = { triesPerMinute: PUBLIC_PER_MINUTE }
  bind(routes.auditKeys, () => log.keys(), limit)
  bind(routes.auditCheckpoints, () => log.checkpoints(), limit)
  bind(
    routes.auditCheckpoint,
    async ({ params, query, reply }) =>
      reply
        .type('text/plain; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(await log.note(params.log, query.size)),
    limit,
  )
  bind(routes.auditConsistency, ({ query }) => log.consistency(query), limit)
  bind(routes.cosignCheckpoint, ({ body }) => log.cosign(body), limit)
}

/** Puts the auditor's side on the server. */
export function bindAuditReader(bind: Bind, reader: AuditReader, deps: LogExportDeps): void {
  bind(routes.auditLogs, ({ actor }) => reader.logs(actor))
  bind(routes.auditEntries, ({ query, ...by }) => reader.search(by, query))
  bind(routes.auditEntry, ({ params, ...by }) => reader.entry(by, params))
  bind(routes.auditProof, async ({ params, reply, ...by }) => {
    const text = await reader.proof(by, params)
    const name = `${params.log}-${params.seq}.tlog-proof`
    return asFile(reply, name).type('text/plain; charset=utf-8').send(text)
  })
  bind(
    routes.exportAuditLog,
    async ({ params, reply, ...by }) => {
      await reader.exportBegins(by, params.log)
      const archive = zipOf(await logFiles(params.log, deps))
      return asFile(reply, `audit-${params.log}.zip`).type('application/zip').send(archive)
    },
    { triesPerMinute: EXPORTS_PER_MINUTE },
  )
}

function asFile(reply: FastifyReply, name: string): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
}
