import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenedPlay, PlayTimeline } from '@visavis/contract/http'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aKeptVisit } from '../rest/support/kept-visit.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRecordedVisit } from '../rest/support/recorded-visit.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aReviewDesk } from './review-desk.ts'
import type { ReviewDesk } from './review-desk.ts'

let world: RestWorld
let place: Place
let desk: ReviewDesk
let visitId: string
let opened: OpenedPlay
/** The first frame of the first epoch. */
const ZERO = Date.parse('2026-03-02T10:00:00.000Z')
const at = (ms: number): Date => new Date(ZERO + ms)

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  desk = await aReviewDesk(world, place)
  visitId = (await aKeptVisit(world, place, { startsAt: at(-500), originAt: at(0) })).visitId
  const seats = await world.db.seat.findMany({ where: { visitId } })
  // The recorder died, and was back twenty seconds after the first one's beginning.
  await aRecordedVisit(world, place, { visit: { visitId, seats }, epoch: 2, originAt: at(20_000) })
  const inmate = seats.find(({ party }) => party === 'INMATE')
  await world.db.recordingGap.createMany({
    data: [
      {
        ...{ gapId: randomUUID(), visitId, cause: 'RECORDER_LOST' },
        ...{ fromAt: at(5_040), toAt: at(20_000) },
      },
      {
        ...{ gapId: randomUUID(), visitId, cause: 'MUTED', kind: 'audio' as const },
        ...{ seatId: inmate?.seatId ?? '', fromAt: at(21_000), toAt: at(22_000) },
      },
    ],
  })
  await world.db.flag.create({
    data: {
      ...{ flagId: randomUUID(), visitId, monitor: 'AV', category: 'OTHER', note: 'A letter.' },
      ...{ at: at(21_500), fromAt: at(-8_500), toAt: at(51_500) },
    },
  })
  const entry = { visitId, seatId: inmate?.seatId ?? null, detail: { code: 'INMATE' } }
  await world.db.timelineEntry.create({
    data: { ...entry, entryId: randomUUID(), at: at(21_000), kind: 'MUTED' },
  })
  opened = await desk.open(visitId)
})
afterAll(() => world.close())

const timeline = async (): Promise<PlayTimeline> =>
  (await desk.get(`/api/plays/${opened.playId}/timeline`)).json<PlayTimeline>()

describe('a visit of several recordings', () => {
  it('is on one line of time, whose beginning is the first frame of all', () => {
    expect(opened).toMatchObject({
      zeroAt: at(0).toISOString(),
      durationMs: 25_040,
      visit: { state: 'WITH_GAPS' },
    })
    expect(opened.tracks.map(({ startMs }) => startMs)).toEqual([0, 40, 20_000, 20_040])
    expect(opened.tracks.flatMap(({ thumbnailsMs }) => thumbnailsMs)).toEqual([
      40, 4_040, 20_040, 24_040,
    ])
  })

  it('[RC-3] has its gaps, flags, course and speech in that line', async () => {
    const beside = await timeline()
    expect(beside.gaps).toMatchObject([
      { cause: 'RECORDER_LOST', fromMs: 5_040, toMs: 20_000 },
      { cause: 'MUTED', kind: 'audio', fromMs: 21_000, toMs: 22_000 },
    ])
    expect(beside.flags).toMatchObject([
      { category: 'OTHER', note: 'A letter.', atMs: 21_500, fromMs: -8_500, toMs: 51_500 },
    ])
    const course = beside.course.filter(({ kind }) => kind === 'MUTED')
    expect(course).toMatchObject([{ atMs: 21_000, detail: { code: 'INMATE' } }])
    expect(course[0]?.who).toContain('Dmitri')
    expect(beside.speech.map(({ spans }) => spans)).toEqual([
      [
        { fromMs: 0, toMs: 2_000 },
        { fromMs: 20_000, toMs: 22_000 },
      ],
    ])
  })

  it('is not called incomplete where nothing was sent', async () => {
    await world.db.recordingGap.deleteMany({ where: { visitId, cause: 'RECORDER_LOST' } })
    expect((await desk.open(visitId)).visit.state).toBe('WHOLE')
  })

  it('keeps notes, each entered, at their moment and by their author', async () => {
    const url = `/api/plays/${opened.playId}/notes`
    const written = await desk.post(url, { text: ' He hides something. ', atMs: 21_000 })
    const { noteId } = written.json<{ noteId: string }>()
    await desk.post(url, { text: 'Of the whole.', atMs: null })
    expect((await timeline()).notes).toMatchObject([
      { noteId, atMs: 21_000, text: 'He hides something.' },
      { atMs: null, text: 'Of the whole.' },
    ])
    const entries = await entriesOf(world.db, place.facilityId)
    const entered = entries.filter(({ action }) => action === 'recording.note')
    expect(entered).toHaveLength(2)
    expect(JSON.stringify(entered)).not.toContain('hides')
    expect((await desk.post(url, { text: ' ', atMs: null })).statusCode).toBe(400)
    expect((await desk.open(visitId)).visit.notes).toBe(2)
  })

  it('[OV-6] gives its flags the moment in the line', async () => {
    const { flagId } = await world.db.flag.findFirstOrThrow({ where: { visitId } })
    const now = world.clock.now()
    await world.db.task.create({
      data: {
        ...{ taskId: randomUUID(), kind: 'FLAG_REVIEW', facilityId: place.facilityId, visitId },
        ...{ subjectId: flagId, dueAt: now, createdAt: now },
      },
    })
    const answer = await desk.get(`/api/flags?visitId=${visitId}`)
    expect(answer.json()).toMatchObject({
      flags: [{ flagId, recording: { visitId, offsetMs: 21_500 } }],
    })
    expect((await desk.get(`/api/flags?visitId=${randomUUID()}`)).json()).toEqual({ flags: [] })
  })
})
