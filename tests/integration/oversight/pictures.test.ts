import { afterAll, beforeAll, expect, it } from 'vitest'
import type { VisitLevels } from '@visavis/contract/pictures-control'
import { SYNTHETIC_LEVEL } from '../../support/synthetic-rtp.ts'
import { until } from '../../support/until.ts'
import { aLiveVisit, hangUp } from '../live/support/live-visit.ts'
import type { LiveVisit } from '../live/support/live-visit.ts'
import { aLiveWorld } from '../live/support/live-world.ts'
import type { LiveWorld } from '../live/support/live-world.ts'
import { connectWall } from '../live/support/socket-client.ts'

let world: LiveWorld
let visit: LiveVisit
beforeAll(async () => {
  world = await aLiveWorld()
  visit = await aLiveVisit(world)
})
afterAll(async () => {
  hangUp(visit)
  await world.close()
})

type Levels = { readonly visits: readonly VisitLevels[] }

const watching = (part: { stills?: boolean; live?: boolean } = {}) => {
  const { visitId } = visit.people
  return {
    visitIds: part.live ? [visitId] : [],
    stillVisitIds: part.stills ? [visitId] : [],
    focusVisitId: null,
  }
}

/** The visitor's still, as that officer's page asks for it. */
function getStill(cookie: string, etag: string | null = null): Promise<Response> {
  const { visitId, visitorSeatId } = visit.people
  return fetch(`${world.origin()}/api/wall/stills/${visitId}/${visitorSeatId}`, {
    headers: { cookie, ...(etag === null ? {} : { 'if-none-match': etag }) },
  })
}

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

it('[OV-4] a still is there for whose wall shows the visit, is new with each beat, and ends with the tile', async () => {
  const { wall, people } = visit
  const { officer } = people.cookies
  expect(await codeOf(await getStill(officer))).toBe('VISIT_NOT_FOUND')
  await wall.call('watch', watching({ stills: true }))
  const rows = await world.db.observation.findMany({ where: { visitId: people.visitId } })
  expect(rows).toMatchObject([{ kind: 'STILLS', endedAt: null }])
  const first = await until(async () => {
    const answer = await getStill(officer)
    return answer.ok ? answer : null
  }, 'the first still')
  expect(first.headers.get('content-type')).toBe('image/webp')
  expect(first.headers.get('cache-control')).toBe('no-store')
  const bytes = Buffer.from(await first.arrayBuffer())
  expect(bytes.toString('latin1', 8, 16)).toBe('WEBPVP8 ')
  const etag = first.headers.get('etag')
  const second = await until(async () => {
    const answer = await getStill(officer, etag)
    if (answer.status === 304) return null
    return answer
  }, 'another still')
  expect(second.status).toBe(200)
  expect(second.headers.get('etag')).not.toBe(etag)
  await wall.call('watch', watching())
  expect(await codeOf(await getStill(officer))).toBe('VISIT_NOT_FOUND')
})

it('[TR-3] another officer’s wall is nobody else’s: without the visit on the own one there is no still', async () => {
  const { wall, people } = visit
  await wall.call('watch', watching({ live: true }))
  expect((await until(() => okOrNull(people.cookies.officer), 'the still')).status).toBe(200)
  const other = await connectWall(world, people.cookies.secondOfficer)
  await other.call('open', { facilityId: people.facilityId })
  expect(await codeOf(await getStill(people.cookies.secondOfficer))).toBe('VISIT_NOT_FOUND')
  other.close()
})

async function okOrNull(cookie: string): Promise<Response | null> {
  const answer = await getStill(cookie)
  return answer.ok ? answer : null
}

it('[OV-4] levels are told to walls that show the visit, live or as a still, and to no other', async () => {
  const { wall, people } = visit
  const other = await connectWall(world, people.cookies.secondOfficer)
  await other.call('open', { facilityId: people.facilityId })
  await wall.call('watch', watching({ stills: true }))
  const isThere = ({ visits }: Levels) =>
    visits.some(({ visitId, seats }) => visitId === people.visitId && seats.length === 2)
  const { visits } = await wall.heard<Levels>('wall:levels', isThere)
  expect(visits[0]?.seats.map(({ level }) => level)).toEqual([SYNTHETIC_LEVEL, SYNTHETIC_LEVEL])
  expect(other.events.map(([name]) => name)).not.toContain('wall:levels')
  other.close()
})
