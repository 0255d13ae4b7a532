import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SERVICE_PARTS, operationsRoutes } from '@visavis/contract/http'
import { createDatabase } from '@visavis/prisma'
import { accountCookie } from './support/callers.ts'
import { aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

let world: RestWorld
let place: Place

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
})
afterAll(() => world.close())

async function look(app = world.app) {
  const cookie = await accountCookie(world, place.accounts.facilityAdmin)
  const answer = await app.inject({ url: '/api/operations', headers: { cookie } })
  expect(answer.statusCode).toBe(200)
  return operationsRoutes.operations.reply.parse(answer.json())
}

describe('the operator’s page', () => {
  it('tells how every part fares, with a reason for whatever is not well', async () => {
    const { parts } = await look()
    expect(parts.map(({ part }) => part)).toEqual([...SERVICE_PARTS])
    for (const { state, reason } of parts) expect(reason === null).toBe(state === 'OK')
    const of = (part: string) => parts.find((each) => each.part === part)
    expect(of('database')).toMatchObject({ state: 'OK' })
    expect(of('mail')).toMatchObject({ state: 'WARN', reason: 'MAIL_FOLDER' })
    // Nobody is connected in this world.
    expect(of('recorders')).toMatchObject({ state: 'BAD', reason: 'RECORDERS_NONE' })
  })

  it('keeps since when, while it is so', async () => {
    const [first] = (await look()).parts
    world.clock.advance(60_000)
    const [later] = (await look()).parts
    expect(later?.since).toBe(first?.since)
  })

  it('says nothing about anybody', async () => {
    const text = JSON.stringify(await look())
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|@|https?:|\/tmp/)
  })
})

describe('figures', () => {
  /** More than this many values of one label, and somebody put an id into it. */
  const MOST_VALUES = 400
  /** Label values are words of ours: commands, routes, states. */
  const LABEL_FORM = /^[\w:./+-]{0,80}$/

  it('have labels that name nobody and that have an end', async () => {
    const cookie = await accountCookie(world, place.accounts.visitor)
    for (const url of [
      '/api/my/visits',
      `/api/my/visits/${place.visitId}`,
      '/api/nothing/Anna',
      '/visits/Anna',
    ]) {
      await world.app.inject({ url, headers: { cookie } })
    }
    const metrics = await world.app.metrics.getMetricsAsJSON()
    expect(metrics.length).toBeGreaterThan(10)
    for (const { name, values } of metrics) {
      const seen = new Map<string, Set<string>>()
      for (const { labels } of values) {
        for (const [label, value] of Object.entries(labels)) {
          const text = String(value)
          expect(text, `${name} ${label}`).toMatch(LABEL_FORM)
          expect(text, `${name} ${label}`).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|Anna|@/)
          seen.set(label, (seen.get(label) ?? new Set()).add(text))
        }
      }
      for (const [label, all] of seen)
        expect(all.size, `${name} ${label}`).toBeLessThan(MOST_VALUES)
    }
    const text = await world.app.metrics.metrics()
    expect(text).toContain('route="/api/my/visits/:visitId"')
    expect(text).toMatch(/visavis_part_state\{part="database"\} 0/)
    expect(text).toMatch(/visavis_database_up 1/)
  })

  it('are never on the public port', async () => {
    const answer = await world.app.inject({ url: '/metrics' })
    expect(answer.statusCode).toBe(404)
  })

  it('tell of a database that is gone, and are there all the same', async () => {
    const db = createDatabase('postgresql://nobody@127.0.0.1:9/none')
    const app = await world.another({}, { db })
    const text = await app.metrics.metrics()
    expect(text).toMatch(/visavis_database_up 0/)
    expect(text).toMatch(/visavis_part_state\{part="database"\} 2/)
    await db.$disconnect()
  })
})
