import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordingSummary } from '@visavis/contract/http'
import { insertAccount } from '@visavis/prisma/seed'
import { entriesOf } from './support/audit-log.ts'
import { accountCookie } from './support/callers.ts'
import { MINUTE_MS, aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { TRACK_BYTES, aRecordedVisit } from './support/recorded-visit.ts'
import type { RecordedVisit } from './support/recorded-visit.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

let world: RestWorld
let place: Place
let recorded: RecordedVisit
let cookie: string

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  recorded = await aRecordedVisit(world, place)
  cookie = await accountCookie(world, place.accounts.investigator)
})
afterAll(() => world.close())

const REASON = { purpose: 'Review of a complaint', caseNumber: 'C-2026-17' }

const openPlay = (payload: object, recordingId = recorded.recordingId) =>
  world.app.inject({
    method: 'POST',
    url: `/api/recordings/${recordingId}/plays`,
    headers: { cookie },
    payload,
  })
const aPlay = async (): Promise<string> =>
  (await openPlay(REASON)).json<{ playId: string }>().playId
const readTrack = (playId: string, range?: string, reader = cookie) =>
  world.app.inject({
    url: `/api/plays/${playId}/tracks/${recorded.trackId}`,
    headers: { cookie: reader, ...(range === undefined ? {} : { range }) },
  })

describe('the list of recordings', () => {
  it('is the investigator’s facility’s, newest first, a page at a time', async () => {
    world.clock.advance(MINUTE_MS)
    const newer = await aRecordedVisit(world, place)
    const list = async (query: string): Promise<RecordingSummary[]> => {
      const answer = await world.app.inject({ url: `/api/recordings${query}`, headers: { cookie } })
      return answer.json<{ recordings: RecordingSummary[] }>().recordings
    }
    const all = await list('')
    expect(all.map(({ recordingId }) => recordingId)).toEqual([
      newer.recordingId,
      recorded.recordingId,
    ])
    expect(all[1]).toMatchObject({
      visitId: place.visitId,
      state: 'FINISHED',
      durationMs: 5_040,
      tracks: [
        { trackId: recorded.trackId, party: 'VISITOR', mimeType: 'video/webm', startMs: 40 },
      ],
    })
    const first = await list('?limit=1')
    expect(first).toEqual([all[0]])
    expect(await list(`?limit=1&before=${first[0]?.startsAt}`)).toEqual([all[1]])
  })
})

describe('[RC-5] playback', () => {
  it.each([
    ['no reason at all', {}, ['purpose', 'caseNumber']],
    ['blanks', { purpose: '   ', caseNumber: ' ' }, ['purpose', 'caseNumber']],
    ['no case number', { purpose: REASON.purpose }, ['caseNumber']],
  ])('wants a purpose and a case number: %s', async (_, payload, fields) => {
    const answer = await openPlay(payload)
    const problem = answer.json<{ code: string; fields: { field: string }[] }>()
    expect(problem).toMatchObject({ status: 422, code: 'PURPOSE_REQUIRED' })
    expect(problem.fields.map(({ field }) => field)).toEqual(fields)
    expect(await world.db.playSession.count()).toBe(0)
  })

  it('has its audit entry before the first byte, and one for every read', async () => {
    const playId = await aPlay()
    const opened = (await entriesOf(world.db, place.facilityId)).at(-1)
    expect(opened).toMatchObject({
      action: 'recording.play',
      actor: { type: 'investigator', actorId: place.accounts.investigator },
      object: { type: 'recording', objectId: recorded.recordingId, visitId: place.visitId },
      detail: { playId, caseNumber: REASON.caseNumber },
    })
    await readTrack(playId, 'bytes=0-9')
    const read = (await entriesOf(world.db, place.facilityId)).at(-1)
    expect(read).toMatchObject({
      action: 'recording.read',
      object: { type: 'track', objectId: recorded.trackId },
      detail: { playId, range: 'bytes=0-9' },
    })
  })

  it('gives the whole track or any range of it, and is stored nowhere on the way', async () => {
    const playId = await aPlay()
    const whole = await readTrack(playId)
    expect(whole.statusCode).toBe(200)
    expect(whole.rawPayload.equals(TRACK_BYTES)).toBe(true)
    expect(whole.headers).toMatchObject({
      'content-type': 'video/webm',
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
    })
    const part = await readTrack(playId, 'bytes=100-199')
    expect(part.statusCode).toBe(206)
    expect(part.headers['content-range']).toBe('bytes 100-199/1000')
    expect(part.rawPayload.equals(TRACK_BYTES.subarray(100, 200))).toBe(true)
    const tail = await readTrack(playId, 'bytes=-10')
    expect(tail.rawPayload.equals(TRACK_BYTES.subarray(990))).toBe(true)
    const beyond = await readTrack(playId, 'bytes=1000-')
    expect(beyond.statusCode).toBe(416)
    expect(beyond.headers['content-range']).toBe('bytes */1000')
  })

  it('belongs to one person for one hour', async () => {
    const playId = await aPlay()
    const { facilityId } = place
    const { accountId } = await insertAccount(world.db, { role: 'investigator', facilityId })
    const colleague = await accountCookie(world, accountId)
    expect((await readTrack(playId, undefined, colleague)).json()).toMatchObject({
      code: 'FORBIDDEN',
    })
    world.clock.advance(60 * MINUTE_MS - 1)
    cookie = await accountCookie(world, place.accounts.investigator)
    expect((await readTrack(playId)).statusCode).toBe(200)
    world.clock.advance(1)
    expect((await readTrack(playId)).json()).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect((await readTrack(crypto.randomUUID())).json()).toMatchObject({
      code: 'RECORDING_NOT_FOUND',
    })
  })

  it('waits until the recording is finished', async () => {
    const unfinished = await aRecordedVisit(world, place, 'RECORDED')
    expect((await openPlay(REASON, unfinished.recordingId)).json()).toMatchObject({
      status: 409,
      code: 'RECORDING_NOT_READY',
    })
    expect((await openPlay(REASON, crypto.randomUUID())).json()).toMatchObject({
      code: 'RECORDING_NOT_FOUND',
    })
  })

  it('says so when the object store has lost the track', async () => {
    const playId = await aPlay()
    await rm(join(world.config.recordingsDir, place.visitId), { recursive: true })
    expect((await readTrack(playId)).json()).toMatchObject({
      status: 503,
      code: 'DEPENDENCY_FAILED',
    })
  })
})
