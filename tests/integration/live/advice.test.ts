import { insertProfessional } from '@visavis/prisma/seed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADVICE_KINDS, FACE_FINDINGS } from '@visavis/contract/advice'
import type { AdviceFigures } from '@visavis/contract/http'
import type { VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import { DEVICE_STATES } from '@visavis/contract/visit-socket'
import type { SeatReport } from '@visavis/contract/visit-socket'
import { newId } from '@visavis/prisma'
import { anySeed, seeded } from '../../support/seeded.ts'
import { until } from '../../support/until.ts'
import { WAYS, attemptSql } from '../oversight/support/sql-attack.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aVisitWithPeople, bothInLobby } from './support/live-people.ts'
import type { VisitPeople } from './support/live-people.ts'
import { aLiveVisit, hangUp } from './support/live-visit.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connectWall } from './support/socket-client.ts'

const WELL: SeatReport = { isAway: false, camera: 'ON', microphone: 'ON', face: null }
const NOBODY: SeatReport = { ...WELL, face: { finding: 'NONE', confidence: 0.82 } }
const DAY_MS = 86_400_000

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

/** The facility has its detectors of faces on. */
async function lookForFaces(facilityId: string): Promise<void> {
  const where = { facilityId }
  const { policy } = await world.db.facility.findUniqueOrThrow({ where })
  const detectors = { face: true, dark: true, silent: true }
  const data = { policy: { ...(policy as object), detectors } }
  await world.db.facility.update({ where, data })
}

async function watched(people: VisitPeople, cookie = people.cookies.officer) {
  const wall = await connectWall(world, cookie)
  const { facilityId } = people
  const { visits } = await wall.call('open', { facilityId })
  return { wall, visits }
}

const advised = ({ advice }: WallVisit) => advice.length > 0
const rowsOf = (visitId: string) =>
  world.db.advice.findMany({ where: { visitId }, orderBy: { beganAt: 'asc' } })

async function figuresOf({ cookies }: VisitPeople): Promise<AdviceFigures[]> {
  const now = world.clock.now().getTime()
  // The facility's day may be another one than ours.
  const [from, to] = [now - DAY_MS, now + DAY_MS].map((at) =>
    new Date(at).toISOString().slice(0, 10),
  )
  const path = `/api/advice/figures?from=${from}&to=${to}`
  const answer = await fetch(`${world.origin()}${path}`, { headers: { cookie: cookies.officer } })
  return ((await answer.json()) as { figures: AdviceFigures[] }).figures
}

describe('[LV-11] what a detector finds', () => {
  it('is told to officers with its confidence, kept, judged and counted; the other side learns nothing', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, facilityId, visitorSeatId: seatId } = people
    await lookForFaces(facilityId)
    const { visitor, inmate, visitorJoined } = await bothInLobby(world, people)
    expect(visitorJoined.snapshot.you.detectors.face).toBe(true)
    const { wall } = await watched(people)
    const before = inmate.events.length
    await visitor.call('report', NOBODY)
    const { advice } = await wall.heard<WallVisit>('wall:changed', advised)
    expect(advice).toMatchObject([{ seatId, kind: 'NO_FACE', confidence: 0.82, judgement: null }])
    const adviceId = advice[0]?.adviceId ?? ''
    await wall.call('judgeAdvice', { visitId, adviceId, judgement: 'RIGHT' })
    await wall.call('judgeAdvice', { visitId, adviceId, judgement: 'FALSE' })
    const isJudged = (tile: WallVisit) => tile.advice[0]?.judgement === 'FALSE'
    await wall.heard<WallVisit>('wall:changed', isJudged)
    await visitor.call('report', WELL)
    await wall.heard<WallVisit>('wall:changed', ({ advice: left }) => left.length === 0)
    expect(inmate.events.slice(before)).toEqual([])
    expect(await rowsOf(visitId)).toMatchObject([
      { seatId, kind: 'NO_FACE', monitor: 'AV', judgement: 'FALSE', endedAt: world.clock.now() },
    ])
    const said = (await entriesOf(world.db, facilityId)).filter(
      ({ action }) => action === 'advice.judge',
    )
    expect(said.map(({ reason }) => reason)).toEqual(['RIGHT', 'FALSE'])
    expect(await figuresOf(people)).toMatchObject([
      { kind: 'NO_FACE', told: 1, right: 0, false: 1 },
    ])
    for (const client of [visitor, inmate, wall]) client.close()
  })

  it('calls an officer to look, last of all, until one has judged it', async () => {
    const visit = await aLiveVisit(world)
    const { people, visitor, wall } = visit
    const { visitId } = people
    await visitor.call('report', { ...WELL, camera: 'DARK' })
    const tile = await wall.heard<WallVisit>('wall:changed', advised)
    expect(tile).toMatchObject({ attention: 'ADVICE', advice: [{ kind: 'DARK', confidence: 1 }] })
    const adviceId = tile.advice[0]?.adviceId ?? ''
    await wall.call('judgeAdvice', { visitId, adviceId, judgement: 'RIGHT' })
    await wall.heard<WallVisit>('wall:changed', ({ attention }) => attention === null)
    const { wall: elsewhere } = await watched(await aVisitWithPeople(world))
    const theirs = { visitId, adviceId, judgement: 'FALSE' } as const
    expect(await elsewhere.ask('judgeAdvice', theirs)).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    const none = { ...theirs, adviceId: newId() }
    expect(await wall.ask('judgeAdvice', none)).toMatchObject({ code: 'NOT_FOUND' })
    elsewhere.close()
    hangUp(visit)
  })

  it('is not told where the facility has not turned it on, which is how it begins', async () => {
    const people = await aVisitWithPeople(world)
    const { visitor, inmate, visitorJoined } = await bothInLobby(world, people)
    expect(visitorJoined.snapshot.you.detectors.face).toBe(false)
    await visitor.call('report', NOBODY)
    expect(await rowsOf(people.visitId)).toEqual([])
    for (const client of [visitor, inmate]) client.close()
  })

  it('[OV-1] is told to nobody of a visit that nobody may watch, nor kept; the database refuses it', async () => {
    const people = await aVisitWithPeople(world, { visitClass: 'privileged' })
    const { visitId, facilityId, visitorSeatId: seatId } = people
    await lookForFaces(facilityId)
    await makeLawyer(seatId)
    const { visitor, inmate } = await bothInLobby(world, people)
    const { wall } = await watched(people)
    await visitor.call('report', { ...NOBODY, microphone: 'SILENT' })
    await visitor.call('report', { ...NOBODY, camera: 'DARK' })
    const { visits } = await watched(people)
    expect(visits.map(({ advice, attention }) => ({ advice, attention }))).toEqual([
      { advice: [], attention: 'ID_PENDING' },
    ])
    expect(JSON.stringify(wall.events)).not.toMatch(/NO_FACE|"DARK"|SILENT/)
    expect(await rowsOf(visitId)).toEqual([])
    for (const way of WAYS) {
      for (const monitor of ['NONE', 'AV', 'SIGHT_ONLY']) {
        const sql = `INSERT INTO advice (advice_id, visit_id, monitor, seat_id, kind, confidence, began_at)
          VALUES ('${newId()}', '${visitId}', '${monitor}', '${seatId}', 'NO_FACE', 1, now())`
        expect(await attemptSql(world.db, { way, table: 'advice', sql }), way).toContain('advice_')
      }
    }
    for (const client of [visitor, inmate, wall]) client.close()
  })
})

describe('[LV-11] advice', () => {
  it('stands through a restart of the server, and ends when its seat is gone', async () => {
    const people = await aVisitWithPeople(world)
    const { visitor, inmate } = await bothInLobby(world, people)
    await visitor.call('report', { ...WELL, microphone: 'SILENT' })
    await until(async () => ((await rowsOf(people.visitId)).length > 0 ? true : null), 'the row')
    await world.restartServer()
    const { wall, visits } = await watched(people)
    expect(visits[0]?.advice).toMatchObject([{ kind: 'SILENT', judgement: null }])
    const again = await bothInLobby(world, people)
    await again.visitor.call('leave', {})
    await wall.heard<WallVisit>('wall:changed', ({ advice }) => advice.length === 0)
    await until(async () => (await rowsOf(people.visitId))[0]?.endedAt ?? null, 'its end')
    for (const client of [visitor, inmate, again.visitor, again.inmate, wall]) client.close()
  })

  it('never pauses, ends or changes anything of a visit, whatever both sides report', async () => {
    const visit = await aLiveVisit(world)
    const { people, visitor, inmate } = visit
    const { visitId, facilityId } = people
    await lookForFaces(facilityId)
    // From here on the server knows it, too.
    await visitor.call('help', { need: 'OTHER', figures: null })
    const stateOf = async () => {
      const { state, version, pauseReason, outcome, endedAt, extendedMs } =
        await world.db.visitSession.findUniqueOrThrow({ where: { visitId } })
      const seats = await world.db.seat.findMany({ where: { visitId }, orderBy: { seatId: 'asc' } })
      return { state, version, pauseReason, outcome, endedAt, extendedMs, seats }
    }
    const before = { ...(await stateOf()), log: (await entriesOf(world.db, facilityId)).length }
    const seed = anySeed()
    const chance = seeded(seed)
    const device = () => chance.pick(DEVICE_STATES) ?? 'ON'
    for (let told = 0; told < 120; told += 1) {
      const finding = chance.pick(FACE_FINDINGS)
      const face =
        finding && chance.is(0.7) ? { finding, confidence: chance.below(101) / 100 } : null
      const report = { isAway: chance.is(0.2), camera: device(), microphone: device(), face }
      await (chance.is(0.5) ? visitor : inmate).call('report', report)
    }
    const after = { ...(await stateOf()), log: (await entriesOf(world.db, facilityId)).length }
    expect(after, `seed ${seed}`).toEqual(before)
    expect(after.state).toBe('LIVE')
    const kinds = new Set((await rowsOf(visitId)).map(({ kind }) => kind))
    expect([...kinds].toSorted(), `seed ${seed}`).toEqual(ADVICE_KINDS.toSorted())
    const newest = await inmate.heard<VisitSnapshot>('visit:changed')
    expect(newest).toMatchObject({ state: 'LIVE', pausedFor: null, version: before.version })
    hangUp(visit)
  })
})

async function makeLawyer(seatId: string): Promise<void> {
  const { visitorId } = await world.db.seat.findUniqueOrThrow({ where: { seatId } })
  if (visitorId === null) throw new Error('an inmate is no lawyer')
  await insertProfessional(world.db, { visitorId, state: 'VERIFIED', kind: 'LAWYER' })
  await world.db.relationship.updateMany({ where: { visitorId }, data: { kind: 'LAWYER' } })
}
