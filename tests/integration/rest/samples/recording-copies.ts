import { createHash } from 'node:crypto'
import type { recordingCopyRoutes } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import { createTransact } from '../../../../server/src/platform/transact.ts'
import { keysOf, putSealed } from '../support/recorded-visit.ts'
import { aPlay } from './recordings.ts'
import type { RecordedWorld } from './recordings.ts'
import type { SampleMaker } from './sample.ts'

const HOUR_MS = 3_600_000
const HASH = 'a'.repeat(64)

/** Samples of the routes of `contract/http/recording-copies`. */
export function recordingCopySamples(
  given: RecordedWorld,
): Record<keyof typeof recordingCopyRoutes, SampleMaker> {
  const { recorded } = given
  const play = async () => ({ playId: await aPlay(given) })
  const decision = { isApproved: false, reason: 'Not in this case.' }
  return {
    derivatives: async () => ({ params: await play() }),
    askDerivative: async () => ({
      params: await play(),
      payload: { kind: 'CLIP', fromMs: 0, toMs: 2_000 },
    }),
    readDerivative: async () => ({
      params: { ...(await play()), derivativeId: await aMadeCopy(given) },
    }),
    askExport: async () => ({
      params: { visitId: recorded().visitId },
      payload: { purpose: 'For the court', caseNumber: 'C-1', recipient: 'The district court' },
    }),
    exports: async () => ({ query: { isWaiting: 'true', limit: '10' } }),
    decideExport: async () => ({
      params: { exportId: await anExport(given, 'ASKED') },
      payload: decision,
    }),
    downloadExport: async () => ({ params: { exportId: await anExport(given, 'READY') } }),
    takeBackExport: async () => ({ params: { exportId: await anExport(given, 'READY') } }),
  }
}

/** A copy as its recorder has made it. */
async function aMadeCopy(given: RecordedWorld): Promise<string> {
  const [world, { visitId }] = [given.world(), given.recorded()]
  const derivativeId = newId()
  const { key, ...wrapped } = await aKey(given, derivativeId)
  const file = `${derivativeId}.mp4.sealed`
  const plain = Buffer.from('ftyp')
  const at = { objectId: derivativeId, key, folder: `${visitId}/derived`, file, plain }
  const proof = await putSealed(world, at)
  await world.db.derivative.create({
    data: {
      ...{ derivativeId, visitId, kind: 'CLIP', state: 'MADE', fromMs: 0, toMs: 1_000 },
      ...{ askedBy: given.place().accounts.investigator, askedAt: world.clock.now() },
      ...wrapped,
      proof: { proof, tool: 'ffmpeg', argumentsSha256: HASH, roots: [HASH] },
    },
  })
  return derivativeId
}

/** An export asked for by the place's investigator, or by a colleague where somebody else is to decide. */
async function anExport(given: RecordedWorld, state: 'ASKED' | 'READY'): Promise<string> {
  const [world, { visitId }] = [given.world(), given.recorded()]
  const { investigator, facilityAdmin, officer } = given.place().accounts
  const exportId = newId()
  const said = { purpose: 'For the court', caseNumber: 'C-1', recipient: 'The district court' }
  const row = { exportId, visitId, ...said, state, askedAt: world.clock.now() }
  if (state === 'ASKED') {
    await world.db.recordingExport.create({ data: { ...row, askedBy: officer } })
    return exportId
  }
  const { key, ...wrapped } = await aKey(given, exportId)
  const plain = Buffer.from('PK')
  const [folder, file] = [`${visitId}/exports`, `${exportId}.zip.sealed`]
  await putSealed(world, { objectId: exportId, key, folder, file, plain })
  const expiresAt = new Date(world.clock.now().getTime() + HOUR_MS)
  const sha256 = createHash('sha256').update(plain).digest('hex')
  await world.db.recordingExport.create({
    data: {
      ...{ ...row, askedBy: investigator, decidedBy: facilityAdmin, decidedAt: row.askedAt },
      ...{ reason: 'Lawful.', file, bytes: plain.length, sha256, expiresAt },
      ...wrapped,
    },
  })
  return exportId
}

function aKey({ world, place }: RecordedWorld, objectId: string) {
  const { facilityId } = place()
  const destroyAfter = new Date(world().clock.now().getTime() + 24 * HOUR_MS)
  return createTransact(world().db)((tx) =>
    keysOf(world()).create(tx, { objectId, facilityId, destroyAfter }),
  )
}
