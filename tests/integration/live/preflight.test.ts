import { randomUUID } from 'node:crypto'
import { A_WELL_TERMINAL } from '@visavis/contract/terminal-health-fixture'
import { insertTerminal } from '@visavis/prisma/seed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import type { VisitPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { aReport, connectPreflight, openOwnLoop } from './support/preflight-client.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Enough for the SFU to speak of a share. */
const ENOUGH = 80
/** The SFU counts the losses of a picture once a second or so. */
const UNTIL_COUNTED = 200

let world: LiveWorld
let people: VisitPeople

beforeAll(async () => {
  world = await aLiveWorld()
  people = await aVisitWithPeople(world, { startsInMs: 30 * MINUTE_MS })
})
afterAll(() => world.close())

const ask = async (path: string, cookie: string) => {
  const answer = await fetch(`${world.origin()}${path}`, { headers: { cookie } })
  return (await answer.json()) as never
}
const resultsOf = async (visitId: string): Promise<{ party: string; light: string }[]> => {
  const path = `/api/visits/${visitId}/preflights`
  const { preflights } = (await ask(path, people.cookies.officer)) as { preflights: never[] }
  return preflights
}

describe('[LV-10] a test through our own SFU', () => {
  it('brings sound and picture back, and its result stands with the visit', async () => {
    const { visitId, cookies, visitorSeatId } = people
    const client = await connectPreflight(world, cookies.visitor)
    const media = await openOwnLoop(client)
    await until(() => media.arrivals(media.tag, 'video').length > 5 || null, 'the own picture')
    await until(() => media.arrivals(media.tag, 'audio').length > ENOUGH || null, 'the own sound')
    const judged = await client.call('report', aReport({ visitId, isPhone: true }))
    expect(judged).toMatchObject({ light: 'GREEN', problems: [] })
    expect(await resultsOf(visitId)).toMatchObject([
      { party: 'VISITOR', device: 'PHONE', light: 'GREEN', cause: 'ASKED' },
    ])
    const notes = await world.db.timelineEntry.findMany({ where: { visitId, kind: 'PREFLIGHT' } })
    expect(notes).toMatchObject([{ seatId: visitorSeatId, detail: { light: 'GREEN' } }])
    const entry = await world.db.auditEntry.findFirst({ where: { action: 'preflight.report' } })
    expect(entry?.log).toBe(`facility/${people.facilityId}`)
    media.close()
    client.close()
  })

  it('is red when packets are lost on the way, whatever the page believes', async () => {
    const { visitId, cookies } = people
    const client = await connectPreflight(world, cookies.visitor)
    const media = await openOwnLoop(client)
    media.loseEvery(5)
    await until(
      () => media.arrivals(media.tag, 'audio').length > UNTIL_COUNTED || null,
      'the own sound',
    )
    const judged = await client.call('report', aReport({ visitId }))
    expect(judged).toMatchObject({ light: 'RED', problems: ['LOSS_HIGH'] })
    expect(judged.findings.loop?.lossUp).toBeGreaterThan(0.1)
    expect(judged.findings.loop?.lossUp).toBeLessThan(0.3)
    expect(await resultsOf(visitId)).toMatchObject([{ party: 'VISITOR', light: 'RED' }])
    media.close()
    client.close()
  })

  it('offers no other protocol than the one that is tried', async () => {
    const client = await connectPreflight(world, people.cookies.visitor)
    const { routerRtpCapabilities } = await client.call('open', {})
    const rtpCapabilities = routerRtpCapabilities
    for (const path of ['udp', 'tcp'] as const) {
      const { send, receive } = await client.call('openLink', { path, rtpCapabilities })
      const offered = [...send.iceCandidates, ...receive.iceCandidates]
      expect(new Set(offered.map(({ protocol }) => protocol))).toEqual(new Set([path]))
    }
    client.close()
  })

  it('belongs to one page of a sign-in, the newest, and ends with its report', async () => {
    const [first, second] = await Promise.all([
      connectPreflight(world, people.cookies.visitor),
      connectPreflight(world, people.cookies.visitor),
    ])
    const { routerRtpCapabilities } = await first.call('open', {})
    const link = { path: 'udp' as const, rtpCapabilities: routerRtpCapabilities }
    await second.call('open', {})
    expect(await first.ask('openLink', link)).toMatchObject({ ok: false, code: 'NOT_JOINED' })
    const { send } = await second.call('openLink', link)
    expect(send.iceCandidates.length).toBeGreaterThan(0)
    await second.call('report', aReport())
    expect(await second.ask('openLink', link)).toMatchObject({ ok: false, code: 'NOT_JOINED' })
    first.close()
    second.close()
  })

  it('is for visitors, inmates in their window and terminals, and for one’s own visit', async () => {
    const { cookies, visitId } = people
    const officer = connectPreflight(world, cookies.officer)
    await expect(officer).rejects.toMatchObject({ message: 'FORBIDDEN' })
    const nobody = connectPreflight(world, 'visavis=nobody')
    await expect(nobody).rejects.toMatchObject({ message: 'NOT_SIGNED_IN' })
    const other = await aVisitWithPeople(world)
    const stranger = await connectPreflight(world, other.cookies.visitor)
    const strange = [visitId, randomUUID()].map((id) => aReport({ visitId: id }))
    for (const report of strange) {
      expect(await stranger.ask('report', report)).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    }
    stranger.close()
  })
})

describe('[LV-10] [BK-13] a terminal that tests itself', () => {
  let visit: VisitPeople
  let device: string
  const owed = async () => (await ask('/api/terminal/preflight', device)) as { due: unknown }
  const tasks = (terminalId: string) =>
    world.db.task.findMany({
      where: { kind: 'TERMINAL_OUT_OF_ORDER', subjectId: terminalId },
      orderBy: { taskId: 'asc' },
    })

  beforeAll(async () => {
    visit = await aVisitWithPeople(world, { startsInMs: 30 * MINUTE_MS })
    device = visit.cookies.inmate.split('; ')[0] ?? ''
    // Whoever was signed in there has gone.
    await world.db.authSession.updateMany({
      where: { visitId: visit.visitId, inmateId: { not: null } },
      data: { endedAt: world.clock.now() },
    })
  })

  it('owes a test from twenty minutes before its visit; a red one makes a task about it', async () => {
    const { visitId } = visit
    expect(await owed()).toEqual({ due: null })
    world.clock.advance(11 * MINUTE_MS)
    const due = { cause: 'BEFORE_VISIT' as const, visitId }
    expect(await owed()).toEqual({ due })
    const { terminalId } = await world.db.visit.findUniqueOrThrow({ where: { visitId } })
    const client = await connectPreflight(world, device, 'terminal')
    const broken = aReport(due, { camera: 'MISSING', speaker: 'UNASKED' })
    expect(await client.call('report', broken)).toMatchObject({ light: 'RED' })
    expect(await tasks(terminalId)).toMatchObject([
      { state: 'OPEN', visitId, terminalId, suggestion: 'REBOOK' },
    ])
    expect(await owed()).toEqual({ due: null })
    await client.call('report', broken)
    expect(await tasks(terminalId)).toHaveLength(1)
    expect(await client.call('report', aReport(due))).toMatchObject({ light: 'GREEN' })
    expect(await tasks(terminalId)).toMatchObject([{ state: 'DONE', resolution: 'WORKS_AGAIN' }])
    client.close()
  })

  it('has its visits moved at once where policy says so, until it works again', async () => {
    const broken = await aVisitWithPeople(world, { startsInMs: 19 * MINUTE_MS })
    const { visitId, facilityId } = broken
    const { terminalId } = await world.db.visit.findUniqueOrThrow({ where: { visitId } })
    const spare = await insertTerminal(world.db, { facilityId })
    const { policy } = await world.db.facility.findUniqueOrThrow({ where: { facilityId } })
    const moving = { ...(policy as object), movesFromBrokenTerminals: true }
    await world.db.facility.update({ where: { facilityId }, data: { policy: moving } })
    const cookie = broken.cookies.inmate.split('; ')[0] ?? ''
    const client = await connectPreflight(world, cookie, 'terminal')
    const due = { cause: 'BEFORE_VISIT' as const, visitId }
    await client.call('report', aReport(due, { microphone: 'MISSING' }))
    const moved = await world.db.visit.findUniqueOrThrow({ where: { visitId } })
    expect(moved.terminalId).toBe(spare.terminalId)
    const closed = { terminalId, liftedAt: null }
    expect(await world.db.blackout.count({ where: closed })).toBe(1)
    expect(await tasks(terminalId)).toMatchObject([
      { state: 'DONE', visitId },
      { state: 'OPEN', visitId: null },
    ])
    await client.call('report', aReport({ cause: 'NIGHTLY' }))
    expect(await world.db.blackout.count({ where: closed })).toBe(0)
    client.close()
  })

  it('has one task for a test that failed and one for what its page tells; neither hides the other', async () => {
    const { visitId, cookies } = await aVisitWithPeople(world, { startsInMs: 19 * MINUTE_MS })
    const { terminalId } = await world.db.visit.findUniqueOrThrow({ where: { visitId } })
    const cookie = cookies.inmate.split('; ')[0] ?? ''
    const client = await connectPreflight(world, cookie, 'terminal')
    const beat = async (camera: 'OK' | 'NONE') => {
      const answer = await fetch(`${world.origin()}/api/terminal/beat`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ pageId: randomUUID(), health: { ...A_WELL_TERMINAL, camera } }),
      })
      expect(answer.status).toBe(200)
      await world.jobs().runNow('terminals.watch')
    }
    const due = { cause: 'BEFORE_VISIT' as const, visitId }
    const test = (camera: 'OK' | 'MISSING') => client.call('report', aReport(due, { camera }))
    const open = async () => {
      const where = { terminalId, state: 'OPEN' as const }
      const found = await world.db.task.findMany({ where, orderBy: { taskId: 'asc' } })
      return found.map(({ suggestion }) => suggestion)
    }
    const [failedTest, brokenDown] = ['REBOOK', 'MOVE_TERMINAL']
    await test('MISSING')
    await beat('NONE')
    expect(await open()).toEqual([failedTest, brokenDown])
    await test('OK')
    expect(await open()).toEqual([brokenDown])
    await test('MISSING')
    expect(await open()).toEqual([brokenDown, failedTest])
    await beat('OK')
    expect(await open()).toEqual([failedTest])
    client.close()
  })

  it('is told of when it does not test itself at night, once', async () => {
    const { terminalId } = await world.db.visit.findUniqueOrThrow({
      where: { visitId: visit.visitId },
    })
    world.clock.advance(2 * DAY_MS)
    await world.jobs().runNow('preflight.watch')
    await world.jobs().runNow('preflight.watch')
    const open = (await tasks(terminalId)).filter(({ state }) => state === 'OPEN')
    expect(open).toMatchObject([{ visitId: null, suggestion: 'REVIEW' }])
    expect(await owed()).toEqual({ due: { cause: 'NIGHTLY', visitId: null } })
  })
})
