import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenedPlay } from '@visavis/contract/http'
import { insertAccount } from '@visavis/prisma/seed'
import { entriesOf } from './support/audit-log.ts'
import type { SaidEntry } from './support/audit-log.ts'
import { accountCookie } from './support/callers.ts'
import { MINUTE_MS, aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import {
  LEVELS,
  PICTURES,
  SOUND_BYTES,
  TRACK_BYTES,
  aRecordedVisit,
  damage,
} from './support/recorded-visit.ts'
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

const openPlay = (payload: object = REASON, visitId = recorded.visitId) =>
  world.app.inject({
    method: 'POST',
    url: `/api/recordings/${visitId}/plays`,
    headers: { cookie },
    payload,
  })
const aPlay = async (): Promise<string> => (await openPlay()).json<OpenedPlay>().playId
const get = (url: string, headers: Record<string, string> = {}) =>
  world.app.inject({ url, headers: { cookie, ...headers } })
const readTrack = (playId: string, range?: string, trackId = recorded.trackId) =>
  get(`/api/plays/${playId}/tracks/${trackId}`, range === undefined ? {} : { range })
const lastEntries = async (count: number): Promise<SaidEntry[]> =>
  (await entriesOf(world.db, place.facilityId)).slice(-count)

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

  it('opens a visit on one line of time, with what is beside its tracks', async () => {
    const opened = (await openPlay()).json<OpenedPlay>()
    expect(opened).toMatchObject({
      zeroAt: recorded.originAt.toISOString(),
      durationMs: 5_040,
      visit: { visitId: place.visitId, state: 'WHOLE', notes: 0, isHeld: false },
      budget: { used: 1, of: 30 },
    })
    expect(opened.tracks).toMatchObject([
      {
        trackId: recorded.soundId,
        party: 'INMATE',
        mimeType: 'audio/webm',
        startMs: 0,
        bytes: SOUND_BYTES.length,
        thumbnailsMs: [],
      },
      {
        trackId: recorded.trackId,
        party: 'VISITOR',
        mimeType: 'video/webm',
        startMs: 40,
        durationMs: 5_000,
        bytes: TRACK_BYTES.length,
        thumbnailsMs: [40, 4_040],
      },
    ])
  })

  it('has its audit entry before the first byte, one for the key, and one for every read', async () => {
    const playId = await aPlay()
    expect(await lastEntries(1)).toMatchObject([
      {
        action: 'recording.play',
        actor: { type: 'investigator', actorId: place.accounts.investigator },
        object: { type: 'visit', objectId: place.visitId },
        detail: { playId, caseNumber: REASON.caseNumber },
      },
    ])
    await readTrack(playId, 'bytes=0-9')
    await readTrack(playId, 'bytes=10-19')
    const read = { action: 'recording.read', object: { type: 'track', objectId: recorded.trackId } }
    expect(await lastEntries(3)).toMatchObject([
      { ...read, detail: { playId, fromByte: 0, toByte: 9, of: TRACK_BYTES.length } },
      { action: 'recording.key', object: { objectId: recorded.recordingId }, detail: { playId } },
      { ...read, detail: { fromByte: 10, toByte: 19 } },
    ])
  })

  it('has each play, seek and stop in the log before it is answered', async () => {
    const playId = await aPlay()
    for (const act of ['PLAY', 'SEEK', 'STOP']) {
      const answer = await world.app.inject({
        method: 'POST',
        url: `/api/plays/${playId}/acts`,
        headers: { cookie },
        payload: { act, atMs: 1_200 },
      })
      expect(answer.statusCode).toBe(200)
    }
    const about = { object: { type: 'play', objectId: playId }, detail: { atMs: 1_200 } }
    expect(await lastEntries(3)).toMatchObject([
      { action: 'play.begin', ...about },
      { action: 'play.seek', ...about },
      { action: 'play.stop', ...about },
    ])
  })

  it('gives the whole track or any range of it in clear, and is stored nowhere on the way', async () => {
    const playId = await aPlay()
    const whole = await readTrack(playId)
    expect(whole.statusCode).toBe(200)
    expect(whole.rawPayload.equals(TRACK_BYTES)).toBe(true)
    expect(whole.headers).toMatchObject({
      'content-type': 'video/webm',
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'content-length': `${TRACK_BYTES.length}`,
    })
    const part = await readTrack(playId, 'bytes=16000-50000')
    expect(part.statusCode).toBe(206)
    expect(part.headers).toMatchObject({
      'content-range': `bytes 16000-50000/${TRACK_BYTES.length}`,
      'content-length': '34001',
    })
    expect(part.rawPayload.equals(TRACK_BYTES.subarray(16_000, 50_001))).toBe(true)
    const tail = await readTrack(playId, 'bytes=-10')
    expect(tail.rawPayload.equals(TRACK_BYTES.subarray(-10))).toBe(true)
    const beyond = await readTrack(playId, 'bytes=100000-')
    expect(beyond.statusCode).toBe(416)
    expect(beyond.headers['content-range']).toBe(`bytes */${TRACK_BYTES.length}`)
    const sound = await readTrack(playId, undefined, recorded.soundId)
    expect(sound.rawPayload.equals(SOUND_BYTES)).toBe(true)
  })
})

describe('[RC-5] an open playback', () => {
  it('belongs to one person for one hour', async () => {
    const playId = await aPlay()
    const { facilityId } = place
    const { accountId } = await insertAccount(world.db, { role: 'investigator', facilityId })
    const colleague = { cookie: await accountCookie(world, accountId) }
    expect(
      (await get(`/api/plays/${playId}/tracks/${recorded.trackId}`, colleague)).json(),
    ).toMatchObject({
      code: 'RECORDING_NOT_FOUND',
    })
    world.clock.advance(60 * MINUTE_MS - 1)
    cookie = await accountCookie(world, place.accounts.investigator)
    expect((await readTrack(playId)).statusCode).toBe(200)
    world.clock.advance(1)
    expect((await readTrack(playId)).json()).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect((await readTrack(crypto.randomUUID())).json()).toMatchObject({
      code: 'RECORDING_NOT_FOUND',
    })
    cookie = await accountCookie(world, place.accounts.investigator)
  })

  it('waits until the recording is finished', async () => {
    const elsewhere = await aPlace(world)
    const unfinished = await aRecordedVisit(world, elsewhere, { state: 'RECORDED' })
    cookie = await accountCookie(world, elsewhere.accounts.investigator)
    expect((await openPlay(REASON, unfinished.visitId)).json()).toMatchObject({
      status: 409,
      code: 'RECORDING_NOT_READY',
    })
    expect((await openPlay(REASON, crypto.randomUUID())).json()).toMatchObject({
      code: 'RECORDING_NOT_FOUND',
    })
    cookie = await accountCookie(world, place.accounts.investigator)
  })
})

describe('beside the tracks', () => {
  it('lies a picture for each ten seconds or so, entered once for a track', async () => {
    const playId = await aPlay()
    const url = `/api/plays/${playId}/tracks/${recorded.trackId}/thumbnails`
    for (const [index, picture] of PICTURES.entries()) {
      const answer = await get(`${url}/${index}`)
      expect(answer.headers).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'no-store',
      })
      expect(answer.rawPayload.equals(picture)).toBe(true)
    }
    const actions = (await lastEntries(3)).map(({ action }) => action)
    expect(actions).toEqual(['recording.play', 'recording.thumbnails', 'recording.key'])
    expect((await get(`${url}/2`)).json()).toMatchObject({ code: 'RECORDING_NOT_FOUND' })
  })

  it('lie waveforms, and where somebody speaks', async () => {
    const playId = await aPlay()
    expect((await get(`/api/plays/${playId}/waveforms`)).json()).toEqual({
      waveforms: [{ trackId: recorded.soundId, everyMs: 100, levels: LEVELS.toString('base64') }],
    })
    const timeline = (await get(`/api/plays/${playId}/timeline`)).json<{ speech: unknown[] }>()
    expect(timeline.speech).toMatchObject([{ spans: [{ fromMs: 0, toMs: 2_000 }] }])
  })
})

describe('a recording that is not as it was sealed', () => {
  let damaged: RecordedVisit
  let other: Place
  beforeAll(async () => {
    other = await aPlace(world)
    damaged = await aRecordedVisit(world, other)
    cookie = await accountCookie(world, other.accounts.investigator)
  })
  const path = () => `${damaged.folder}/${damaged.trackId}.webm.sealed`
  /** In the fourth chunk of 16 KiB. */
  const AT = 56 + 3 * (16 * 1024 + 16) + 100

  it('gives no wrong byte: what is whole, and then an end', async () => {
    const playId = (await openPlay(REASON, damaged.visitId)).json<OpenedPlay>().playId
    await damage(world, path(), AT)
    const read = (range: string) => readTrack(playId, range, damaged.trackId)
    expect((await read('bytes=0-1000')).rawPayload.equals(TRACK_BYTES.subarray(0, 1001))).toBe(true)
    expect((await read('bytes=60000-60100')).json()).toMatchObject({ code: 'DEPENDENCY_FAILED' })
    const entry = (await entriesOf(world.db, other.facilityId)).at(-1)
    expect(entry).toMatchObject({
      action: 'recording.damaged',
      outcome: 'error',
      reason: 'FILE_DAMAGED',
      detail: { file: `${damaged.trackId}.webm.sealed`, fromByte: 56 + 3 * (16 * 1024 + 16) },
    })
    const tasks = await world.db.task.findMany({ where: { kind: 'RECORDING_ALARM' } })
    expect(tasks).toMatchObject([{ visitId: damaged.visitId, subjectId: damaged.recordingId }])
  })

  it('is still played without what is beside it', async () => {
    await damage(world, `${damaged.folder}/result.json`, 10)
    const opened = (await openPlay(REASON, damaged.visitId)).json<OpenedPlay>()
    expect(opened.tracks.map(({ thumbnailsMs }) => thumbnailsMs)).toEqual([[], []])
  })

  it('is said to be gone when the object store has lost it', async () => {
    const playId = (await openPlay(REASON, damaged.visitId)).json<OpenedPlay>().playId
    await rm(join(world.config.recordingsDir, path()))
    const answer = await readTrack(playId, undefined, damaged.trackId)
    expect(answer.json()).toMatchObject({ status: 503, code: 'DEPENDENCY_FAILED' })
  })
})

describe('[RC-7] a recording that was destroyed', () => {
  it('is refused for good, also to who is looking at it', async () => {
    const other = await aPlace(world)
    const gone = await aRecordedVisit(world, other)
    cookie = await accountCookie(world, other.accounts.investigator)
    const playId = (await openPlay(REASON, gone.visitId)).json<OpenedPlay>().playId
    expect((await readTrack(playId, 'bytes=0-9', gone.trackId)).statusCode).toBe(206)
    const { recordingId } = gone
    await world.db.recordingKey.delete({ where: { recordingId } })
    const data = { destroyedAt: world.clock.now() }
    await world.db.recording.update({ where: { recordingId }, data })
    for (const answer of [
      await readTrack(playId, 'bytes=0-9', gone.trackId),
      await get(`/api/plays/${playId}/timeline`),
      await openPlay(REASON, gone.visitId),
    ]) {
      expect(answer.json()).toMatchObject({ status: 410, code: 'RECORDING_DESTROYED' })
    }
  })
})
