import { Refusal } from '@visavis/contract/errors'
import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { AccountActor, ActorByAccess } from '../identity/index.ts'
import type { ManifestRepo } from './manifest.repo.ts'

/** Puts the routes on the server that show what proves a recording. */
export function bindManifestRoutes(
  bind: BindRoute<ActorByAccess>,
  repo: Pick<ManifestRepo, 'proofsOf' | 'newest'>,
): void {
  bind(routes.recordingManifests, async ({ actor, params }) => {
    const { recordings } = await proofsFor(actor, params.visitId, repo)
    return { recordings: recordings.map(proofView) }
  })
  bind(routes.recordingManifest, async ({ actor, params, reply }) => {
    const { recordings } = await proofsFor(actor, params.visitId, repo)
    const isOfVisit = recordings.some(({ recordingId }) => recordingId === params.recordingId)
    const row = isOfVisit ? await repo.newest(params.recordingId) : null
    if (!row) throw new Refusal('RECORDING_NOT_FOUND')
    return reply
      .type('application/json')
      .header('content-disposition', `attachment; filename="manifest-${params.recordingId}.json"`)
      .header('cache-control', 'no-store')
      .send(Buffer.from(row.bytes))
  })
}

type Proofs = NonNullable<Awaited<ReturnType<ManifestRepo['proofsOf']>>>

/** For staff of the visit's facility, and for auditors, also those of the whole estate. */
async function proofsFor(
  actor: AccountActor,
  visitId: string,
  repo: Pick<ManifestRepo, 'proofsOf'>,
): Promise<Proofs> {
  const visit = await repo.proofsOf(visitId)
  const isEstates = actor.role === 'auditor' && actor.facilityId === null
  const mayRead = visit && (isEstates || actor.facilityId === visit.facilityId)
  if (!mayRead || visit.recordings.length === 0) throw new Refusal('RECORDING_NOT_FOUND')
  return visit
}

function proofView({ recordingId, epoch, manifests, checks }: Proofs['recordings'][number]) {
  const [manifest] = manifests
  const [check] = checks
  return {
    ...{ recordingId, epoch },
    manifest: manifest ? { ...manifest, issuedAt: manifest.issuedAt.toISOString() } : null,
    checked: check
      ? { at: check.checkedAt.toISOString(), isOk: check.isOk, finding: check.finding }
      : null,
  }
}
