import { Refusal } from '@visavis/contract/errors'
import type { DerivativeView } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { z } from 'zod'
import type { RangeHeaders } from '../../platform/byte-range.ts'
import { newId } from '../../platform/ids.ts'
import type { AnsweredBytes } from '../../platform/send-bytes.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { RecordingKeys } from '../recordings/index.ts'
import { staffName } from './beside.service.ts'
import { MadeProof, derivedPath, derivedType, stretchWithin } from './derivative-rules.ts'
import type { DerivativeRow, DerivativesRepo, Stretch } from './derivatives.repo.ts'
import { hasMedia } from './kept-rules.ts'
import type { OwnPlay, Plays } from './plays.service.ts'
import type { Reading } from './reading.service.ts'
import { keptUntil } from './visit-view.ts'
import type { KeptVisitsRepo } from './visits.repo.ts'

type Deps = {
  readonly db: Database
  readonly repo: DerivativesRepo
  readonly visits: KeptVisitsRepo
  readonly plays: Plays
  readonly reading: Reading
  readonly keys: RecordingKeys
  readonly audit: Audit
  readonly clock: Clock
}
type View = z.input<typeof DerivativeView>
type Asked = { readonly playId: string; readonly requestId: string }
type AskedCopy = Asked & Omit<Stretch, 'visitId'>
type NewCopy = AskedCopy & { readonly actor: AccountActor; readonly play: OwnPlay }
type AskedFile = Asked & { readonly derivativeId: string; readonly range: RangeHeaders }

/** Copies of what is played (RC-4). */
export type Derivatives = ReturnType<typeof createDerivatives>

export function createDerivatives(deps: Deps) {
  const { plays, repo } = deps
  return {
    async list(actor: AccountActor, { playId }: Asked): Promise<{ derivatives: View[] }> {
      const { visit } = await plays.own(actor, playId)
      return { derivatives: (await repo.ofVisit(visit.visitId)).map(derivativeView) }
    },
    /** Puts a copy down to be made; one of the same stretch that is there or on its way is the answer, too. */
    async ask(tx: Tx, actor: AccountActor, asked: AskedCopy): Promise<View> {
      const play = await plays.own(actor, asked.playId)
      const stretch = stretchWithin(play.line, asked)
      if (!stretch) throw new Refusal('BAD_REQUEST', { fields: [OUTSIDE] })
      const whole = { visitId: play.visit.visitId, kind: asked.kind, ...stretch }
      const same = await repo.sameOf(tx, whole)
      return derivativeView(same ?? (await addCopy(tx, { ...asked, ...whole, actor, play }, deps)))
    },
    read: (actor: AccountActor, asked: AskedFile): Promise<AnsweredBytes> =>
      readCopy(actor, asked, deps),
  }
}

const OUTSIDE = { field: 'fromMs', cure: 'Begin before the end of the recording.' }

async function addCopy(
  tx: Tx,
  { actor, play, requestId, kind, fromMs, toMs }: NewCopy,
  deps: Deps,
): Promise<DerivativeRow> {
  const { repo, audit, clock } = deps
  const { visitId, facilityId } = play.visit
  const derivativeId = newId()
  const key = await newKey(tx, { derivativeId, play }, deps)
  const asked = { askedBy: actor.accountId, askedAt: clock.now() }
  const row = await repo.add(tx, { derivativeId, visitId, kind, fromMs, toMs, ...asked, ...key })
  await audit.append(tx, {
    facilityId,
    actor: auditActorOf(actor),
    action: 'derivative.ask',
    object: { type: 'derivative', objectId: derivativeId, visitId },
    outcome: 'allow',
    requestId,
    detail: { playId: play.playId, kind, fromMs, toMs },
  })
  return row
}

/** A key that goes with those of the originals: in their month, or held with them. */
async function newKey(
  tx: Tx,
  { derivativeId: objectId, play }: { derivativeId: string; play: OwnPlay },
  { repo, visits, keys, clock }: Deps,
): Promise<{ kekId: string; wrapped: Uint8Array<ArrayBuffer> }> {
  const originals = play.visit.recordings.filter(hasMedia).map(({ recordingId }) => recordingId)
  if (!(await repo.holdKeys(tx, originals))) throw new Refusal('RECORDING_DESTROYED')
  const visit = await visits.one(play.visit.visitId, tx)
  if (!visit) throw new Refusal('RECORDING_NOT_FOUND')
  const { facilityId } = visit
  const destroyAfter = keptUntil(visit) ?? clock.now()
  const { key, ...made } = await keys.create(tx, { objectId, facilityId, destroyAfter })
  key.fill(0)
  if (visit.legalHolds.length === 0) return made
  return keys.rewrap(tx, { objectId, facilityId, ...made, to: 'held' })
}

async function readCopy(
  actor: AccountActor,
  { playId, requestId, derivativeId, range }: AskedFile,
  { db, repo, plays, reading }: Deps,
): Promise<AnsweredBytes> {
  const play = await plays.own(actor, playId)
  const row = await repo.one(db, derivativeId)
  const { visitId, facilityId } = play.visit
  if (row?.visitId !== visitId || row.state !== 'MADE') throw new Refusal('NOT_FOUND')
  const { file, plainSha256: tag } = MadeProof.parse(row.proof).proof
  const { kekId, wrapped } = row
  const key = kekId === null || wrapped === null ? null : { kekId, wrapped }
  const object = { facilityId, visitId, objectId: derivativeId, key }
  return reading.file(actor, {
    ...{ asked: { playId, requestId }, play, range, tag, mimeType: derivedType(file) },
    object: { ...object, path: derivedPath(visitId, file), file },
    what: { type: 'derivative', objectId: derivativeId },
  })
}

function derivativeView(row: DerivativeRow): View {
  const { derivativeId, kind, state, share, fromMs, toMs } = row
  const made = state === 'MADE' ? MadeProof.parse(row.proof) : null
  return {
    ...{ derivativeId, kind, state, share, fromMs, toMs },
    bytes: made?.proof.plainBytes ?? null,
    askedAt: row.askedAt.toISOString(),
    askedBy: staffName(row.asker),
  }
}
