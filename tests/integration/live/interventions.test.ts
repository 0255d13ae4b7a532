import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import type { RtcClient } from '../../support/rtc-client.ts'
import { openSpeakerClient } from '../../support/speaker-client.ts'
import { until } from '../../support/until.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aLiveVisit, flows, hangUp } from './support/live-visit.ts'
import type { LiveVisit } from './support/live-visit.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connectSeat, connectWall } from './support/socket-client.ts'
import type { SeatClient, WallClient } from './support/socket-client.ts'

const MINUTE_MS = 60_000
const REMIND_MS = 10_000
const SECRET = 'Прошу отойти от окна'
const BOTH: ('VISITOR' | 'INMATE')[] = ['VISITOR', 'INMATE']

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

const snapshot = (client: SeatClient, test: (snapshot: VisitSnapshot) => boolean) =>
  client.heard<VisitSnapshot>('visit:changed', test)
const tile = (wall: WallClient, test: (visit: WallVisit) => boolean) =>
  wall.heard<WallVisit>('wall:changed', test)

/** That nothing of that kind comes any more from the one, while the other's picture goes on. */
async function fallsSilent(to: RtcClient, from: RtcClient): Promise<void> {
  to.forget()
  await until(() => (to.arrivals(from.tag, 'video').length > 5 ? true : null), 'the picture')
  const before = to.arrivals(from.tag, 'audio').length
  await until(() => (to.arrivals(from.tag, 'video').length > 15 ? true : null), 'more of it')
  expect(to.arrivals(from.tag, 'audio').length).toBe(before)
}

async function isHeard(to: RtcClient, from: { readonly tag: number }): Promise<void> {
  to.forget()
  await until(() => (to.arrivals(from.tag, 'audio').length > 3 ? true : null), 'sound')
}

const actionsOf = async (facilityId: string) =>
  (await entriesOf(world.db, facilityId)).map(({ action }) => action)

describe('a warning', () => {
  let live: LiveVisit
  beforeAll(async () => {
    live = await aLiveVisit(world)
  })
  afterAll(() => hangUp(live))

  it('[OV-5] reaches each in every language, is told again after ten seconds, and stays until it is acknowledged', async () => {
    const { wall, visitor, inmate, people } = live
    const { visitId, facilityId } = people
    const ready = '0b5e7a00-0000-4000-8000-000000000002'
    const text = { readyTextId: ready }
    const { warningId } = await wall.call('warn', { visitId, parties: BOTH, text })
    const shown = await snapshot(visitor, ({ warning }) => warning?.warningId === warningId)
    expect(shown.warning?.texts).toMatchObject({
      en: expect.stringContaining('picture') as string,
      ru: expect.stringContaining('кадре') as string,
    })
    world.clock.advance(REMIND_MS)
    for (const seat of [visitor, inmate]) {
      await snapshot(seat, ({ warning }) => warning?.toldTimes === 2)
    }
    await visitor.call('acknowledge', { warningId })
    await visitor.call('acknowledge', { warningId })
    const half = await tile(wall, ({ interventions }) =>
      Boolean(interventions.warnings[0]?.seats.some(({ acknowledgedAt }) => acknowledgedAt)),
    )
    expect(half.interventions.warnings[0]?.seats).toContainEqual({
      seatId: people.inmateSeatId,
      acknowledgedAt: null,
    })
    expect((await snapshot(visitor, ({ warning }) => warning === null)).warning).toBeNull()
    await inmate.call('acknowledge', { warningId })
    await snapshot(inmate, ({ warning }) => warning === null)
    const row = await world.db.intervention.findUniqueOrThrow({
      where: { interventionId: warningId },
      include: { seen: true },
    })
    expect(row).toMatchObject({ kind: 'WARN', toldTimes: 2, readyTextId: ready })
    expect(row.endedAt).not.toBeNull()
    expect(row.seen).toHaveLength(2)
    expect((await actionsOf(facilityId)).filter((action) => /warn/i.test(action))).toEqual([
      'intervention.warn',
      'warning.repeat',
      'warning.acknowledge',
      'warning.acknowledge',
    ])
  })

  it('[OV-5] typed by hand goes to one side as it is, and into no log', async () => {
    const { wall, visitor, inmate, people } = live
    const { visitId, facilityId } = people
    const text = { typed: SECRET, language: 'ru' }
    const { warningId } = await wall.call('warn', { visitId, parties: ['INMATE'], text })
    const shown = await snapshot(inmate, ({ warning }) => warning?.warningId === warningId)
    expect(shown.warning).toMatchObject({ isTyped: true, texts: { ru: SECRET } })
    expect(visitor.events.some(([, told]) => JSON.stringify(told).includes(SECRET))).toBe(false)
    const said = [
      ...(await entriesOf(world.db, facilityId)),
      ...(await world.db.timelineEntry.findMany({ where: { visitId } })),
    ]
    expect(JSON.stringify(said)).not.toContain(SECRET)
  })

  it('[OV-5] survives a reload and a restart of the server, and is told again by the next one; a speech does not', async () => {
    const { people } = live
    const { visitId, cookies, facilityId } = people
    await live.wall.call('speak', { visitId })
    await world.restartServer()
    await until(async () => {
      const where = { visitId, kind: 'SPEAK' as const, endedAt: null }
      return (await world.db.intervention.count({ where })) === 0 ? true : null
    }, 'the speech to be over')
    const inmate = await connectSeat(world, cookies.inmate)
    const { snapshot: again } = await inmate.call('join', { visitId, holdingEpoch: null })
    expect(again).toMatchObject({ speaker: null, warning: { texts: { ru: SECRET } } })
    world.clock.advance(REMIND_MS)
    const told = again.warning?.toldTimes ?? 0
    await snapshot(inmate, ({ warning }) => (warning?.toldTimes ?? 0) > told)
    const wall = await connectWall(world, cookies.officer)
    const { visits } = await wall.call('open', { facilityId })
    const [mine] = visits.filter((visit) => visit.visitId === visitId)
    expect(mine?.interventions.warnings[0]?.texts).toEqual({ ru: SECRET })
    const unknown = { visitId, parties: BOTH, text: { readyTextId: crypto.randomUUID() } }
    expect(await wall.ask('warn', unknown)).toMatchObject({ code: 'NOT_FOUND' })
    await wall.call('endVisit', { visitId, reason: 'OTHER' })
    for (const client of [inmate, wall]) client.close()
  })
})

describe('sound, pause and speech', () => {
  let live: LiveVisit
  beforeAll(async () => {
    live = await aLiveVisit(world)
  })
  afterAll(() => hangUp(live))

  it('[OV-5] a muted side is silent for everybody, is told so, and is heard again', async () => {
    const { wall, visitor, inmate, media, people } = live
    const { visitId } = people
    await wall.call('mute', { visitId, party: 'VISITOR' })
    await wall.call('mute', { visitId, party: 'VISITOR' })
    await fallsSilent(media.inmate, media.visitor)
    await isHeard(media.visitor, media.inmate)
    expect((await snapshot(visitor, ({ you }) => you.isMuted)).others[0]?.isMuted).toBe(false)
    await snapshot(inmate, ({ others }) => others[0]?.isMuted === true)
    const where = { visitId, kind: 'MUTE' as const, endedAt: null }
    expect(await world.db.intervention.count({ where })).toBe(1)
    await wall.call('unmute', { visitId, party: 'VISITOR' })
    await isHeard(media.inmate, media.visitor)
    expect(await world.db.intervention.count({ where })).toBe(0)
  })

  it('[OV-5] a pause stops all and the clock, asks after five minutes, never ends by itself, and is undone at once', async () => {
    const { wall, visitor, inmate, media, people } = live
    const { visitId, facilityId } = people
    await wall.call('pause', { visitId, reason: 'SECURITY' })
    const paused = await snapshot(inmate, ({ state }) => state === 'PAUSED')
    expect(paused).toMatchObject({ pausedFor: 'OFFICER', clock: { isRunning: false } })
    for (const side of [media.visitor, media.inmate]) {
      await until(() => (side.consumers.size === 0 ? true : null), 'all media to be closed')
      side.forget()
    }
    expect(await wall.ask('pause', { visitId, reason: 'OTHER' })).toMatchObject({ ok: true })
    world.clock.advance(5 * MINUTE_MS)
    const asked = await tile(wall, ({ interventions }) => interventions.pause?.isAsked === true)
    expect(asked).toMatchObject({
      attention: 'PAUSED',
      interventions: { pause: { reason: 'SECURITY' } },
    })
    await wall.call('keepPaused', { visitId })
    await tile(wall, ({ interventions }) => interventions.pause?.isKept === true)
    expect(media.inmate.arrivals(media.visitor.tag, 'audio')).toEqual([])
    expect(media.visitor.arrivals(media.inmate.tag, 'video')).toEqual([])
    await wall.call('resumeVisit', { visitId })
    await snapshot(visitor, ({ state, pausedFor }) => state === 'LIVE' && pausedFor === null)
    await flows(media)
    const acts = (await actionsOf(facilityId)).filter((act) => /pause|bar|clear/i.test(act))
    expect(acts).toEqual([
      'intervention.pause',
      'visit.bar',
      'visit.pause',
      'pause.ask',
      'pause.keep',
      'intervention.endPause',
      'visit.clear',
    ])
    const notes = await world.db.timelineEntry.findMany({ where: { visitId, kind: 'PAUSED' } })
    expect(notes.map(({ detail }) => detail)).toEqual([{ code: 'OFFICER' }])
  })

  it('[OV-5] an officer who speaks is heard by both with a badge, alone, and silent with the wall', async () => {
    const { visitor, inmate, media, people } = live
    const { visitId, facilityId, cookies } = people
    const wall = await connectWall(world, cookies.secondOfficer)
    await wall.call('open', { facilityId })
    const { speakerId, send } = await wall.call('speak', { visitId })
    const speaker = await openSpeakerClient(send, {
      connect: (transport) => wall.call('connectSpeech', transport),
      produce: (track) => wall.call('produceSpeech', track),
    })
    for (const party of [media.visitor, media.inmate]) await isHeard(party, speaker)
    await snapshot(inmate, (now) => now.speaker?.speakerId === speakerId)
    const busy = await live.wall.ask('speak', { visitId })
    expect(busy).toMatchObject({ code: 'VISIT_WRONG_STATE' })
    wall.close()
    await snapshot(visitor, (now) => now.speaker === null)
    await until(() => {
      const seats = [...media.inmate.consumers.values()].map(({ seatId }) => seatId)
      return seats.includes(speakerId) ? null : true
    }, 'the officer to be gone')
    speaker.close()
    const row = await world.db.intervention.findUniqueOrThrow({
      where: { interventionId: speakerId },
    })
    expect(row.endedAt).not.toBeNull()
    await isHeard(media.inmate, media.visitor)
  })

  it('[OV-5] the end has a reason and words for the file that nobody of the visit sees', async () => {
    const { wall, visitor, people } = live
    const { visitId, facilityId } = people
    await wall.call('mute', { visitId, party: 'INMATE' })
    await wall.call('endVisit', { visitId, reason: 'SECURITY', text: SECRET })
    const ended = await snapshot(visitor, ({ state }) => state === 'ENDED')
    expect(ended).toMatchObject({ outcome: 'STAFF_TERMINATED' })
    expect(visitor.events.some(([, told]) => JSON.stringify(told).includes(SECRET))).toBe(false)
    const rows = await world.db.intervention.findMany({ where: { visitId } })
    expect(rows.filter(({ endedAt }) => endedAt === null)).toEqual([])
    const end = rows.find(({ kind }) => kind === 'TERMINATE')
    expect(end).toMatchObject({ reason: 'SECURITY', texts: { und: SECRET } })
    expect(JSON.stringify(await entriesOf(world.db, facilityId))).not.toContain(SECRET)
    expect(await wall.ask('pause', { visitId, reason: 'OTHER' })).toMatchObject({
      code: 'VISIT_ENDED',
    })
  })
})
