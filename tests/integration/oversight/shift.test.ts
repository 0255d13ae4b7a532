import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FlagReview, ShiftFigures, WatchingView } from '@visavis/contract/http'
import { insertAccount } from '@visavis/prisma/seed'
import { aLiveVisit, flows, hangUp } from '../live/support/live-visit.ts'
import type { LiveVisit } from '../live/support/live-visit.ts'
import { aLiveWorld } from '../live/support/live-world.ts'
import type { LiveWorld } from '../live/support/live-world.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'

const HOUR_MS = 3_600_000
/** Where the worlds of these tests say that they are. */
const PUBLIC_ORIGIN = 'http://localhost:3000'

let world: LiveWorld
let live: LiveVisit
let flagId: string
beforeAll(async () => {
  world = await aLiveWorld()
  live = await aLiveVisit(world, { isWatched: true })
  await flows(live.media)
  const { visitId } = live.people
  const words = { category: 'THREAT', reason: 'HEARD', note: 'said twice' } as const
  ;({ flagId } = await live.wall.call('flag', { visitId, ...words }))
})
afterAll(async () => {
  hangUp(live)
  await world.close()
})

type Sent = { readonly method: 'POST' | 'PUT'; readonly body: object }

async function ask(cookie: string, path: string, sent?: Sent) {
  const headers = { cookie, origin: PUBLIC_ORIGIN, 'content-type': 'application/json' }
  const key = { 'idempotency-key': randomUUID() }
  const more = sent && { method: sent.method, body: JSON.stringify(sent.body) }
  const answer = await fetch(`${world.origin()}${path}`, {
    headers: sent ? { ...headers, ...key } : headers,
    ...more,
  })
  return { status: answer.status, data: (await answer.json()) as unknown }
}
const post = (body: object): Sent => ({ method: 'POST', body })
const span = () => {
  const nowMs = world.clock.now().getTime()
  const [from = '', to = ''] = [-HOUR_MS, HOUR_MS].map((ms) => new Date(nowMs + ms).toISOString())
  return { from, to }
}
const signIn = async (role: 'facilityAdmin' | 'investigator') => {
  const { facilityId } = live.people
  const { accountId } = await insertAccount(world.db, { role, facilityId })
  return accountCookie(world as never, accountId)
}

describe('who watches what', () => {
  it('[OV-7] [TR-3] is seen by the shift leader, and by no other officer', async () => {
    const { visitId, facilityId, cookies } = live.people
    const path = '/api/oversight/watching'
    expect(await ask(cookies.officer, path)).toMatchObject({ status: 403 })
    const admin = await signIn('facilityAdmin')
    const { data } = await ask(admin, '/api/officers')
    const { officers } = data as { officers: { officerId: string }[] }
    expect(officers).toHaveLength(2)
    for (const { officerId } of officers) {
      const to = `/api/officers/${officerId}/shift-leader`
      const leads = { method: 'PUT', body: { isShiftLeader: true } } as const
      expect(await ask(admin, to, leads)).toMatchObject({ status: 200 })
    }
    const seen = (await ask(cookies.secondOfficer, path)).data as WatchingView
    expect(seen.now).toEqual({ underWay: 1, watched: 1, must: 0, mustWatched: 0 })
    expect(seen.officers).toMatchObject([
      { heardAt: expect.any(String) as string, visits: [{ visitId, kinds: [{ kind: 'LIVE' }] }] },
    ])
    const actions = (await entriesOf(world.db, facilityId)).map(({ action }) => action)
    expect(actions.filter((action) => action === 'officer.setShiftLeader')).toHaveLength(2)
  })
})

describe('a shift', () => {
  it('[OV-7] has its figures, and its report keeps them as they were signed', async () => {
    const { visitId, cookies } = live.people
    const { from, to } = span()
    const query = `from=${from}&to=${to}`
    const asked = await ask(cookies.officer, `/api/oversight/shift?${query}`)
    const data = asked.data as ShiftFigures
    expect(data.visits).toMatchObject([{ visitId, state: 'LIVE' }])
    expect(data.incidents).toMatchObject([{ visitId, kind: 'FLAGGED', code: 'THREAT' }])
    expect(data.open).toMatchObject({ running: 1, flags: 1 })
    expect(data.waits.admission.count).toBeGreaterThan(0)
    expect(data.coverage.allWatchedMs).toBeLessThanOrEqual(data.coverage.allMs)
    expect(JSON.stringify(data)).not.toContain('Dmitri')
    const reports = '/api/oversight/shift-reports'
    const words = { from, to, note: 'Terminal two is slow.' }
    const written = await ask(cookies.officer, reports, post(words))
    const one = `${reports}/${(written.data as { reportId: string }).reportId}`
    const kept = await ask(cookies.officer, one)
    expect(kept.data).toMatchObject({ ...words, figures: { incidents: data.incidents } })
    for (const language of ['en', 'ru']) {
      const headers = { cookie: cookies.officer }
      const url = `${world.origin()}${one}/report.pdf?language=${language}`
      const paper = Buffer.from(await (await fetch(url, { headers })).arrayBuffer())
      expect(paper.subarray(0, 5).toString()).toBe('%PDF-')
    }
  })

  it('[OV-7] is refused a stretch that ends before it begins', async () => {
    const { from, to } = span()
    const path = `/api/oversight/shift?from=${to}&to=${from}`
    expect((await ask(live.people.cookies.officer, path)).status).toBe(400)
  })
})

describe('a flag', () => {
  it('[OV-6] is reviewed once, with what came of it', async () => {
    const investigator = await signIn('investigator')
    const { flags } = (await ask(investigator, '/api/flags')).data as { flags: FlagReview[] }
    expect(flags).toMatchObject([{ flagId, state: 'OPEN', note: 'said twice', isLate: false }])
    const path = `/api/flags/${flagId}/review`
    const { version = 0 } = flags[0] ?? {}
    const result = { state: 'DONE', resolution: 'Heard and reported.', version }
    expect(await ask(investigator, path, post({ ...result, version: version + 1 }))).toMatchObject({
      data: { code: 'VERSION_CHANGED' },
    })
    expect(await ask(investigator, path, post(result))).toMatchObject({ data: { state: 'DONE' } })
    expect(await ask(investigator, path, post(result))).toMatchObject({
      data: { code: 'ALREADY_DECIDED' },
    })
    const entries = await entriesOf(world.db, live.people.facilityId)
    expect(entries.filter(({ action }) => action === 'flag.review')).toHaveLength(1)
    expect(JSON.stringify(entries)).not.toContain('said twice')
  })

  it('[OV-6] [TR-3] is no task of the office', async () => {
    const admin = await signIn('facilityAdmin')
    type Inbox = { items: { kind: string }[]; counts: { kind: string }[] }
    const { items, counts } = (await ask(admin, '/api/tasks')).data as Inbox
    expect([...items, ...counts].map(({ kind }) => kind)).not.toContain('FLAG_REVIEW')
  })
})
