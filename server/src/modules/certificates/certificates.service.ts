import { createHash } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { SigningKey } from '../../platform/signing-key.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf, isElsewhere, isOwnSeat } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { CanaryRepo } from './canary.repo.ts'
import { certificateOf, signedFile } from './certificate.ts'
import type { CertificateFacts, StoredLine } from './certificate.ts'
import type { CertificatesRepo, CertifiedVisit, IssuedRow } from './certificates.repo.ts'

export type CertificatesDeps = {
  readonly repo: CertificatesRepo
  readonly canaries: Pick<CanaryRepo, 'lastBefore'>
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly key: SigningKey
  /** The service's public origin. */
  readonly issuer: string
}

/** A certificate with the visit that it is about. */
export type IssuedCertificate = { readonly row: IssuedRow; readonly visit: CertifiedVisit }

/** A media node tells its last lines within seconds; one that died tells none, and after this the gap is certified. */
const LINES_WITHIN_MS = 5 * 60_000

export type Certificates = ReturnType<typeof createCertificates>

export function createCertificates(deps: CertificatesDeps) {
  return {
    /**
     * The certificate of a visit, made when it is asked for first and again only when lines came late. For
     * whoever took part; for officers and administrators of its facility, and for auditors, too: nothing in
     * it tells what was said or shown, and a facility that can show it need not be asked.
     */
    async read(
      actor: AccountActor,
      visitId: string,
      { requestId }: { requestId: string },
    ): Promise<IssuedCertificate> {
      const visit = await deps.repo.visit(visitId)
      if (!visit || !mayRead(actor, visit)) throw new Refusal('VISIT_NOT_FOUND')
      const lines = await deps.repo.lines(visitId)
      requireOver(visit, { lines, now: deps.clock.now() })
      const row = await deps.transact((tx) => issued(tx, { visit, actor, requestId }, deps))
      return { row, visit }
    },
    /** The keys to check certificates with, the current one first. */
    async keys() {
      const { publicKey: current } = deps.key
      const used = (await deps.repo.usedKeys()).filter((publicKey) => publicKey !== current)
      return [current, ...used].map((publicKey) => ({
        publicKey,
        fingerprint: createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex'),
        isCurrent: publicKey === current,
      }))
    },
  }
}

function mayRead(actor: AccountActor, visit: CertifiedVisit): boolean {
  const { role, facilityId } = actor
  if (isElsewhere(actor, visit.visitId)) return false
  if (role === 'visitor') return visit.seats.some((seat) => isOwnSeat(actor, seat))
  const isOfFacility = facilityId === visit.facilityId
  if (role === 'auditor') return isOfFacility || facilityId === null
  return isOfFacility && (role === 'officer' || role === 'facilityAdmin')
}

function requireOver(
  { visitClass, session }: CertifiedVisit,
  { lines, now }: { lines: readonly StoredLine[]; now: Date },
): void {
  if (visitClass !== 'privileged') throw new Refusal('VISIT_WRONG_STATE', { visitClass })
  if (session?.state !== 'ENDED' || session.endedAt === null) throw new Refusal('VISIT_WRONG_STATE')
  const completeAt = new Date(session.endedAt.getTime() + LINES_WITHIN_MS)
  if (lines.at(-1)?.line.kind !== 'END' && now < completeAt) {
    throw new Refusal('VISIT_WRONG_STATE', { liftsAt: completeAt.toISOString() })
  }
}

type Asked = {
  readonly visit: CertifiedVisit
  readonly actor: AccountActor
  readonly requestId: string
}

async function issued(tx: Tx, asked: Asked, deps: CertificatesDeps): Promise<IssuedRow> {
  const { repo } = deps
  const { visitId } = asked.visit
  await repo.lock(tx, visitId)
  const lines = await repo.lines(visitId, tx)
  const newest = await repo.newest(visitId, tx)
  if (newest?.lineCount === lines.length) return newest
  const facts = await factsOf(asked.visit, lines, deps)
  return issue(tx, { ...asked, facts, number: (newest?.number ?? 0) + 1 }, deps)
}

async function issue(
  tx: Tx,
  { facts, number, actor, visit, requestId }: Asked & { facts: CertificateFacts; number: number },
  { repo, audit, clock, key, issuer }: CertificatesDeps,
): Promise<IssuedRow> {
  const { visitId, facilityId } = visit
  const issuedAt = clock.now()
  const certificate = certificateOf(facts, { number, issuedAt, issuer, key })
  const bytes = new Uint8Array(signedFile(certificate, key))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const lineCount = facts.lines.length
  const row = { visitId, number, issuedAt, lineCount, publicKey: key.publicKey, sha256, bytes }
  await repo.add(tx, row)
  await audit.append(tx, {
    facilityId,
    actor: auditActorOf(actor),
    action: 'certificate.issue',
    object: { type: 'certificate', objectId: `${visitId}/${number}`, visitId },
    outcome: 'allow',
    requestId,
    detail: { number, lineCount, sha256, finding: certificate.finding },
  })
  return row
}

async function factsOf(
  visit: CertifiedVisit,
  lines: readonly StoredLine[],
  { repo, canaries }: CertificatesDeps,
): Promise<CertificateFacts> {
  const { visitId, facilityId, monitor, isRecorded, startsAt, endsAt, session, seats } = visit
  const endedAt = session?.endedAt ?? endsAt
  const times = await repo.mediaTimes(visitId)
  const beganAt = lines[0] ? new Date(lines[0].line.at) : startsAt
  return {
    ...{ visitId, facilityId, monitor, isRecorded, endedAt, lines, ...times },
    bookedFrom: startsAt,
    bookedTo: endsAt,
    outcome: session?.outcome ?? 'COMPLETED',
    deliveredMs: session?.deliveredMs ?? 0,
    participants: seats.length,
    rows: await repo.rows(visitId),
    canary: await canaries.lastBefore(session?.mediaNode ?? null, beganAt),
  }
}
