import { routes } from '@visavis/contract/http'
import type { FastifyReply } from 'fastify'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { CanaryRepo } from './canary.repo.ts'
import { certificatePdf } from './certificate-pdf.ts'
import type { Certificates } from './certificates.service.ts'

/** A page takes a second of the server's time. */
const PAPERS_PER_MINUTE = 20

/** Puts the routes of certificates on the server (OV-8). */
export function bindCertificateRoutes(
  bind: BindRoute<ActorByAccess>,
  { certificates, canaries }: { certificates: Certificates; canaries: Pick<CanaryRepo, 'newest'> },
): void {
  bind(routes.certificateJson, async ({ actor, params, reply, ...call }) => {
    const { row } = await certificates.read(actor, params.visitId, call)
    return sendFile(reply, { ...row, type: 'application/json' }, 'json')
  })
  bind(
    routes.certificatePdf,
    async ({ actor, params, query, reply, ...call }) => {
      const { row, visit } = await certificates.read(actor, params.visitId, call)
      const bytes = await certificatePdf(row, { facility: visit.facility, ...query })
      return sendFile(reply, { ...row, bytes, type: 'application/pdf' }, 'pdf')
    },
    { triesPerMinute: PAPERS_PER_MINUTE },
  )
  bind(routes.certificateKeys, async () => ({ keys: await certificates.keys() }))
  bind(routes.canaries, async () => {
    const runs = await canaries.newest()
    return {
      runs: runs.map((run) => ({
        ...run,
        ranAt: run.ranAt.toISOString(),
        checks: [...run.checks],
      })),
    }
  })
}

function sendFile(
  reply: FastifyReply,
  file: { visitId: string; bytes: Uint8Array; type: string },
  ending: string,
): FastifyReply {
  const name = `certificate-${file.visitId}.${ending}`
  return reply
    .type(file.type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(Buffer.from(file.bytes))
}
