import { createHash } from 'node:crypto'
import { openKey } from '@visavis/contract/recording-key'
import type { DerivativeJob } from '@visavis/contract/recorder-control'
import { Refusal } from '@visavis/contract/errors'
import type { DerivativeView } from '@visavis/contract/http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { CopyMakers } from '../../../server/src/modules/recordings/index.ts'
import { createSignal } from '../../../server/src/platform/signal.ts'
import { until } from '../../support/until.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aKeptVisit } from '../rest/support/kept-visit.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { TRACK_BYTES, putSealed } from '../rest/support/recorded-visit.ts'
import type { RecordedVisit } from '../rest/support/recorded-visit.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aReviewDesk } from './review-desk.ts'
import type { ReviewDesk } from './review-desk.ts'

type Job = z.input<typeof DerivativeJob>
const HASH = 'b'.repeat(64)

/** The port to the recorders, with what was asked of it. */
function aRecorderPort() {
  const jobs: Job[] = []
  let isThere = true
  const makers: CopyMakers = {
    ...{ progressed: createSignal(), made: createSignal(), failed: createSignal() },
    ready: createSignal(),
    derive: async (job) => {
      if (!isThere) throw new Refusal('RECORDER_UNAVAILABLE')
      jobs.push(job)
    },
  }
  return { jobs, makers, setThere: (value: boolean) => void (isThere = value) }
}

let world: RestWorld
let place: Place
let recorded: RecordedVisit
let port: ReturnType<typeof aRecorderPort>
let desk: ReviewDesk
let playId: string

beforeAll(async () => {
  world = await aRestWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  place = await aPlace(world)
  recorded = await aKeptVisit(world, place)
  port = aRecorderPort()
  desk = await aReviewDesk(world, place, await aServer())
  playId = (await desk.open(recorded.visitId)).playId
})

/** A server that is connected with that recorder. */
const aServer = () =>
  world.another(
    {},
    {
      attachLive: async ({ scheduling }) => {
        scheduling.reviews.attach(port.makers)
        return { health: () => ({ mediaNodes: [], recorders: [] }), close: async () => undefined }
      },
    },
  )

const copiesUrl = () => `/api/plays/${playId}/derivatives`
const ask = async (kind: 'REVIEW_COPY' | 'CLIP', fromMs = 1_000, toMs = 3_000) =>
  (await desk.post(copiesUrl(), { kind, fromMs, toMs })).json<DerivativeView>()
const list = async () =>
  (await desk.get(copiesUrl())).json<{ derivatives: DerivativeView[] }>().derivatives
const jobOf = (derivativeId: string): Promise<Job> =>
  until(() => port.jobs.find((job) => job.derivativeId === derivativeId) ?? null, 'the job')

/** What the recorder does with a job: it opens the keys that it was sent, and puts a sealed copy down. */
async function make(job: Job): Promise<void> {
  const secret = world.config.grantSecret
  const { derivativeId, visitId } = job
  const key = await openKey(job.sealedKey, { secret, objectId: derivativeId })
  for (const { recordingId, sealedKey } of job.from) {
    await openKey(sealedKey, { secret, objectId: recordingId })
  }
  const file = `${derivativeId}.mp4.sealed`
  const at = { objectId: derivativeId, key, folder: `${visitId}/derived`, file, plain: TRACK_BYTES }
  const proof = await putSealed(world, at)
  const told = {
    derivativeId,
    visitId,
    proof,
    tool: 'ffmpeg',
    argumentsSha256: HASH,
    roots: [HASH],
  }
  port.makers.made.emit(told)
}
const stateOf = async (derivativeId: string) =>
  (await list()).find((copy) => copy.derivativeId === derivativeId)?.state
const becomes = (derivativeId: string, state: DerivativeView['state']) =>
  until(async () => ((await stateOf(derivativeId)) === state ? true : null), state)

describe('[RC-4] a copy', () => {
  it('is made by a recorder with the keys sealed for it, and read like a track', async () => {
    const { derivativeId } = await ask('CLIP', 1_000, 900_000)
    const job = await jobOf(derivativeId)
    expect(job).toMatchObject({
      ...{ visitId: recorded.visitId, kind: 'CLIP', fromMs: 1_000, toMs: 5_040 },
      from: [{ recordingId: recorded.recordingId, offsetMs: 0 }],
      parties: ['VISITOR', 'INMATE'],
      zeroAt: recorded.originAt.toISOString(),
    })
    port.makers.progressed.emit({ derivativeId, share: 500 })
    await until(async () => ((await list())[0]?.share === 500 ? true : null), 'its progress')
    expect((await desk.get(`${copiesUrl()}/${derivativeId}/file`)).json()).toMatchObject({
      code: 'NOT_FOUND',
    })
    await make(job)
    await becomes(derivativeId, 'MADE')
    expect(await list()).toMatchObject([{ share: 1000, bytes: TRACK_BYTES.length }])
    const part = await desk.get(`${copiesUrl()}/${derivativeId}/file`, { range: 'bytes=5-20000' })
    expect(part.statusCode).toBe(206)
    expect(part.headers['content-type']).toBe('video/mp4')
    expect(part.rawPayload.equals(TRACK_BYTES.subarray(5, 20_001))).toBe(true)
    const actions = (await entriesOf(world.db, place.facilityId)).map(({ action }) => action)
    // The next manifests, which name the copy, come in their own time.
    expect(actions.filter((action) => action !== 'recording.manifest')).toEqual([
      ...['recording.play', 'derivative.ask', 'recording.key', 'recording.key'],
      ...['derivative.made', 'recording.read', 'recording.key'],
    ])
  })

  it('is one, however often and by whomever the same is asked for', async () => {
    const one = await ask('REVIEW_COPY', 2_000, 3_000)
    expect(one).toMatchObject({ fromMs: 0, toMs: 5_040 })
    const others = await Promise.all(Array.from({ length: 5 }, () => ask('REVIEW_COPY')))
    expect(new Set(others.map(({ derivativeId }) => derivativeId))).toEqual(
      new Set([one.derivativeId]),
    )
    const beyond = await desk.post(copiesUrl(), { kind: 'CLIP', fromMs: 5_040, toMs: 6_000 })
    expect(beyond.json()).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'fromMs' }] })
  })

  it('waits for a recorder, and is asked for again when one is reached', async () => {
    port.setThere(false)
    const { derivativeId } = await ask('CLIP')
    expect(await stateOf(derivativeId)).toBe('WAITING')
    port.setThere(true)
    port.makers.ready.emit(null)
    await jobOf(derivativeId)
    await becomes(derivativeId, 'BEING_MADE')
    // A recorder that began anew knows nothing of it.
    port.jobs.length = 0
    port.makers.ready.emit(null)
    await jobOf(derivativeId)
  })

  it('survives its server: the next one asks for what was on its way', async () => {
    const { derivativeId } = await ask('CLIP')
    await jobOf(derivativeId)
    port = aRecorderPort()
    await aServer()
    await make(await jobOf(derivativeId))
    await becomes(derivativeId, 'MADE')
  })

  it('is taken in once, however often it is told, and a failure after it changes nothing', async () => {
    const { derivativeId } = await ask('CLIP')
    const job = await jobOf(derivativeId)
    await make(job)
    await becomes(derivativeId, 'MADE')
    await make(job)
    port.makers.failed.emit({ derivativeId, why: 'late' })
    port.makers.progressed.emit({ derivativeId, share: 10 })
    const other = await ask('CLIP', 0, 500)
    await jobOf(other.derivativeId)
    port.makers.failed.emit({ derivativeId: other.derivativeId, why: 'no ffmpeg' })
    await becomes(other.derivativeId, 'FAILED')
    expect(await stateOf(derivativeId)).toBe('MADE')
    const entries = await entriesOf(world.db, place.facilityId)
    const said = entries.filter(({ object }) => object.objectId === derivativeId)
    expect(said.map(({ action }) => action).filter((action) => action.startsWith('d'))).toEqual([
      'derivative.ask',
      'derivative.made',
    ])
    // What failed may be asked for anew.
    expect((await ask('CLIP', 0, 500)).derivativeId).not.toBe(other.derivativeId)
  })

  it('[RC-7] that was destroyed while it was made leaves nothing', async () => {
    const { derivativeId } = await ask('CLIP')
    const job = await jobOf(derivativeId)
    await world.db.derivative.update({
      where: { derivativeId },
      data: { kekId: null, wrapped: null },
    })
    await make(job)
    await becomes(derivativeId, 'FAILED')
    expect((await desk.get(`${copiesUrl()}/${derivativeId}/file`)).json()).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('[RC-7] has a key of its own, held with those of the originals', async () => {
    const { visitId } = recorded
    await world.db.legalHold.create({
      data: {
        ...{ holdId: crypto.randomUUID(), visitId, reason: 'A case.', caseNumber: 'C-1' },
        ...{ placedBy: place.accounts.officer, placedAt: new Date(), reviewOn: new Date() },
      },
    })
    const { derivativeId } = await ask('CLIP')
    const row = await world.db.derivative.findUniqueOrThrow({
      where: { derivativeId },
      include: { kek: true },
    })
    expect(row.kek?.month).toBe('held')
    const { wrapped } = await world.db.recordingKey.findFirstOrThrow({ where: { visitId } })
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    expect(digest(row.wrapped ?? new Uint8Array())).not.toBe(digest(wrapped))
  })
})
