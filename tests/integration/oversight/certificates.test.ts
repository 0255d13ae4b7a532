import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { types } from 'mediasoup'
import { insertAccount, insertProfessional } from '@visavis/prisma/seed'
import { verify } from '../../../scripts/verifier/core.mjs'
import { aChain } from '../../../server/src/modules/certificates/census-fixture.ts'
import { until } from '../../support/until.ts'
import { answerTo } from '../database/refused.ts'
import { flows, told } from '../live/support/live-visit.ts'
import { aVisitWithPeople } from '../live/support/live-people.ts'
import type { VisitPeople } from '../live/support/live-people.ts'
import { aLiveWorld } from '../live/support/live-world.ts'
import type { LiveWorld } from '../live/support/live-world.ts'
import { openSeatMedia } from '../live/support/seat-media.ts'
import { connectSeat, connectWall } from '../live/support/socket-client.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { storeLines } from '../rest/support/certified-visit.ts'
import { hookLibrary } from './support/library-hook.ts'

const MINUTE_MS = 60_000
/** How often the media node measures what flows. */
const MEASURED_EACH_MS = 1_000

const library = hookLibrary()
let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(async () => {
  await world.close()
  library.close()
})

/** A lawyer's visit that is LIVE with real media both ways. */
async function aPrivilegedVisit() {
  world.clock.advance(MINUTE_MS)
  const people = await aVisitWithPeople(world, { visitClass: 'privileged', startsInMs: 0 })
  const { visitId, facilityId, visitorSeatId, inmateSeatId, cookies } = people
  await makeLawyer(visitorSeatId)
  const visitor = await connectSeat(world, cookies.visitor)
  const inmate = await connectSeat(world, cookies.inmate)
  const join = async (client: typeof visitor, seatId: string) => {
    const { media } = await client.call('join', { visitId, holdingEpoch: null })
    return openSeatMedia(client, { seatId, visitId, ...media })
  }
  const media = {
    visitor: await join(visitor, visitorSeatId),
    inmate: await join(inmate, inmateSeatId),
  }
  const wall = await connectWall(world, cookies.officer)
  await wall.call('open', { facilityId })
  await wall.call('admitSeat', { visitId, seatId: visitorSeatId })
  await told(visitor, 'LIVE')
  await flows(media)
  const close = () => {
    for (const one of [media.visitor, media.inmate, visitor, inmate, wall]) one.close()
  }
  return { people, visitor, inmate, media, close }
}

async function makeLawyer(seatId: string): Promise<void> {
  const { visitorId } = await world.db.seat.findUniqueOrThrow({ where: { seatId } })
  if (visitorId === null) throw new Error('an inmate is no lawyer')
  await insertProfessional(world.db, { visitorId, state: 'VERIFIED', kind: 'LAWYER' })
  await world.db.relationship.updateMany({ where: { visitorId }, data: { kind: 'LAWYER' } })
}

const get = (path: string, cookie: string) =>
  fetch(`${world.origin()}/api/${path}`, { headers: { cookie } })
const certificate = (visitId: string, cookie: string) =>
  get(`visits/${visitId}/certificate.json`, cookie)
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

/** What of a certificate is looked at. */
type Said = { readonly census: unknown[]; readonly visit: { readonly mediaFrom?: string } }

/** The certificate, as soon as the node has told its last line. */
const issued = (visitId: string, cookie: string): Promise<string> =>
  until(async () => {
    const answer = await certificate(visitId, cookie)
    return answer.ok ? answer.text() : null
  }, 'the certificate to be ready')

const publishedKey = async (): Promise<string> => {
  const answer = await get('certificates/keys', '')
  const { keys } = (await answer.json()) as { keys: { fingerprint: string; isCurrent: boolean }[] }
  return keys.find(({ isCurrent }) => isCurrent)?.fingerprint ?? ''
}

const issues = async ({ facilityId }: VisitPeople) =>
  (await entriesOf(world.db, facilityId)).filter(({ action }) => action === 'certificate.issue')

describe('[OV-8] the certificate of a privileged visit', () => {
  it('is there once it has ended, for those who took part, also after the server was away', async () => {
    const { people, media, ...visit } = await aPrivilegedVisit()
    const { visitId, cookies } = people
    expect(await codeOf(await certificate(visitId, cookies.visitor))).toBe('VISIT_WRONG_STATE')
    const before = await world.db.censusEntry.count({ where: { visitId } })
    // What was counted while no server listened is told to the next one.
    await world.restartServer(async () => {
      await flows(media)
      // What flowed is measured in whole seconds.
      await pause(2 * MEASURED_EACH_MS)
    })
    const visitor = await connectSeat(world, cookies.visitor)
    await visitor.call('join', { visitId, holdingEpoch: null })
    await visitor.call('end', {})
    const file = await issued(visitId, cookies.visitor)
    const verdict = await verify(file, await publishedKey())
    expect(verdict.faults).toEqual([])
    expect(verdict).toMatchObject({ isGood: true, isKeyCompared: true })
    expect(verdict.certificate).toMatchObject({
      finding: 'CLEAN',
      gaps: [],
      visit: { visitId, monitor: 'NONE', isRecorded: false, participants: 2 },
      totals: { epochs: 1, most: { seats: 2, seatConsumers: 4, observerConsumers: 0 } },
      rows: { recordings: 0, observations: 0, alarms: 0 },
    })
    const { census, visit: said } = verdict.certificate as Said
    expect(census.length).toBeGreaterThan(before)
    expect(said.mediaFrom).toBeDefined()
    // The same bytes for everybody who may have them, and one entry for it.
    expect(await issued(visitId, cookies.officer)).toBe(file)
    expect(await issues(people)).toMatchObject([{ detail: { number: 1, finding: 'CLEAN' } }])
    for (const language of ['en', 'ru']) {
      const paper = await get(
        `visits/${visitId}/certificate.pdf?language=${language}`,
        cookies.visitor,
      )
      expect(paper.headers.get('content-type')).toBe('application/pdf')
      expect((await paper.text()).slice(0, 5)).toBe('%PDF-')
    }
    await strangersGetNothing(people)
    visitor.close()
    visit.close()
  })

  async function strangersGetNothing({ visitId }: VisitPeople): Promise<void> {
    const other = await aVisitWithPeople(world)
    for (const cookie of [other.cookies.visitor, other.cookies.officer]) {
      expect(await codeOf(await certificate(visitId, cookie))).toBe('VISIT_NOT_FOUND')
    }
    // A visit that may be watched has none.
    const theirs = await certificate(other.visitId, other.cookies.visitor)
    expect(await codeOf(theirs)).toBe('VISIT_WRONG_STATE')
  }

  it('says so where something was found; the room is closed, and the facility alarmed once', async () => {
    const { people, close } = await aPrivilegedVisit()
    const { visitId, facilityId, cookies } = people
    const router = library.privateRouter()
    const way = Object.getPrototypeOf(router) as types.Router
    const transport = await way.createDirectTransport.call(router)
    expect(transport.closed).toBe(true)
    await until(
      async () => (await sessionOf(visitId)).state === 'ENDED' || null,
      'the visit to end',
    )
    expect(await sessionOf(visitId)).toMatchObject({
      outcome: 'FAILED_TECH_PLATFORM',
      endReason: 'ROOM_VIOLATED',
    })
    const file = await issued(visitId, cookies.visitor)
    const verdict = await verify(file, await publishedKey())
    expect(verdict.faults).toEqual([])
    expect(verdict.certificate).toMatchObject({
      finding: 'VIOLATED',
      totals: { most: { directTransports: 1 } },
      violations: [{ what: 'a direct transport that may not exist' }],
    })
    await alarmedOnce(people)
    expect(await tasksOf(facilityId)).toMatchObject([{ visitId, state: 'OPEN' }])
    close()
  })

  it('alarms and ends the visit also when nobody listened as it happened', async () => {
    const { people, close } = await aPrivilegedVisit()
    const { visitId } = people
    await world.restartServer(async () => {
      const router = library.privateRouter()
      const way = Object.getPrototypeOf(router) as types.Router
      await way.createDirectTransport.call(router)
      expect(router.closed).toBe(true)
    })
    await until(
      async () => (await sessionOf(visitId)).state === 'ENDED' || null,
      'the visit to end',
    )
    await alarmedOnce(people)
    close()
  })

  const sessionOf = (visitId: string) =>
    world.db.visitSession.findUniqueOrThrow({ where: { visitId } })
  const tasksOf = (facilityId: string) =>
    world.db.task.findMany({ where: { facilityId, kind: 'WATCH_ALARM' } })
  async function alarmedOnce({ facilityId }: VisitPeople): Promise<void> {
    const alarms = await until(async () => {
      const entries = await entriesOf(world.db, facilityId)
      const found = entries.filter(({ action }) => action === 'room.violated')
      return found.length > 0 ? found : null
    }, 'the alarm')
    expect(alarms).toMatchObject([{ outcome: 'deny', actor: { actorId: 'media-watch' } }])
    expect(await tasksOf(facilityId)).toHaveLength(1)
  }
})

describe('[OV-8] the canary', () => {
  const runs = () => world.db.canaryRun.findMany({ orderBy: { ranAt: 'asc' } })
  const openTasks = async () => {
    const where = { kind: 'WATCH_ALARM', state: 'OPEN', visitId: null } as const
    return world.db.task.count({ where })
  }

  it('is run, kept, entered and shown; it is no visit', async () => {
    const visits = await world.db.visit.count()
    await world.jobs().runNow('canary.run')
    expect(await runs()).toMatchObject([{ isOk: true }])
    expect(await world.db.visit.count()).toBe(visits)
    const entries = await entriesOf(world.db, null)
    expect(entries.filter(({ action }) => action === 'canary.run')).toMatchObject([
      { outcome: 'allow', detail: { checks: 6, failed: [] } },
    ])
    const { facilityId } = await aVisitWithPeople(world)
    const { accountId } = await insertAccount(world.db, { role: 'facilityAdmin', facilityId })
    const answer = await get('oversight/canaries', await accountCookie(world as never, accountId))
    expect(await answer.json()).toMatchObject({ runs: [{ isOk: true }] })
  })

  it('alarms every facility when the watch is deaf, until it holds again', async () => {
    const giveBack = library.deafen()
    await world.jobs().runNow('canary.run')
    giveBack()
    const failed = (await runs()).at(-1)
    expect(failed).toMatchObject({ isOk: false })
    const checks = failed?.checks as { name: string; isOk: boolean }[]
    expect(checks.filter(({ isOk }) => !isOk).map(({ name }) => name)).toEqual([
      'CONSUMER_BEHIND',
      'TRANSPORT_BEHIND',
    ])
    expect(await openTasks()).toBe(await world.db.facility.count())
    await world.jobs().runNow('canary.run')
    expect((await runs()).at(-1)).toMatchObject({ isOk: true })
    expect(await openTasks()).toBe(0)
  })
})

describe('[OV-8] the stored census', () => {
  const lines = (visitId: string) =>
    aChain({ visitId, beganAt: world.clock.now() }, [{ atMs: 0, kind: 'BEGIN' }, { atMs: 5_000 }])

  it('takes no line of a visit that may be watched, and none that breaks the chain', async () => {
    const social = await aVisitWithPeople(world)
    const privileged = await aVisitWithPeople(world, { visitClass: 'privileged' })
    const store = (some: ReturnType<typeof lines>) => answerTo(storeLines(world, some))
    expect(await store(lines(social.visitId))).toMatch(/census_entry_visit_id/)
    const [first, second] = lines(privileged.visitId)
    if (!first || !second) throw new Error('two lines were made')
    expect(await store([second])).toContain('census_entry_continues_chain')
    expect(await store([{ ...first, hash: second.hash }])).toContain('census_entry_hash_of_bytes')
    const earlier = { ...first.line, at: new Date(0).toISOString() }
    expect(await store([{ ...first, line: earlier }])).toContain('census_entry_says_what_it_hashes')
    expect(await store([first, second])).toBe('stored')
  })

  it.each(['census_entry', 'certificate', 'canary_run'])(
    'of %s nothing is changed or removed, not even by a replica',
    async (table) => {
      for (const role of ['origin', 'replica']) {
        for (const sql of [
          `UPDATE ${table} SET ${table === 'canary_run' ? 'is_ok = false' : 'bytes = bytes'}`,
          `DELETE FROM ${table}`,
          `TRUNCATE ${table}`,
        ]) {
          const answer = await answerTo(
            world.db.$transaction([
              world.db.$executeRawUnsafe(`SET LOCAL session_replication_role = ${role}`),
              world.db.$executeRawUnsafe(sql),
            ]),
          )
          expect(answer).toContain(`${table}_is_append_only`)
        }
      }
    },
  )
})
