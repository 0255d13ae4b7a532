import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommandList } from '@visavis/contract/command'
import { preflightCommands } from '@visavis/contract/preflight-socket'
import { visitCommands } from '@visavis/contract/visit-socket'
import { wallCommands } from '@visavis/contract/wall-socket'
import { aLiveVisit, hangUp } from '../live/support/live-visit.ts'
import { aLiveWorld } from '../live/support/live-world.ts'
import type { LiveWorld } from '../live/support/live-world.ts'
import type { SocketClient } from '../live/support/socket-client.ts'
import { breakAuditLog, entriesOf, mendAuditLog } from '../rest/support/audit-log.ts'
import { NOTED } from './support/noted-commands.ts'
import { SCRIPT } from './support/socket-script.ts'
import { aSocketStage } from './support/socket-stage.ts'
import type { SocketStage } from './support/socket-stage.ts'

type Namespace = keyof typeof NOTED
const LISTS: Readonly<Record<Namespace, CommandList>> = {
  visit: visitCommands,
  wall: wallCommands,
  preflight: preflightCommands,
}

let world: LiveWorld
let stage: SocketStage
beforeAll(async () => {
  world = await aLiveWorld()
  stage = await aSocketStage(world, await aLiveVisit(world))
})
afterAll(async () => {
  hangUp(stage.live)
  stage.close()
  await world.close()
})

type Client = SocketClient<CommandList>

type Asked = { readonly key: string; readonly payload: object; readonly requestId: string }

async function ask(client: Client, { key, payload, requestId }: Asked) {
  const reply = (await client.ask(key, payload, requestId)) as
    { ok: true; data: Record<string, unknown> } | { ok: false; code: string }
  return reply.ok ? { code: 'OK', data: reply.data } : { code: reply.code, data: {} }
}

/** What may not have moved while nothing could be entered. */
async function standing() {
  const { db } = world
  const { facilityId } = stage.live.people
  const where = { visit: { facilityId } }
  const seat = { seatId: true, state: true, helpNeed: true, helpAnswer: true } as const
  return {
    sessions: await db.visitSession.findMany({ where, select: { state: true, extendedMs: true } }),
    seats: await db.seat.findMany({ where, select: seat, orderBy: { seatId: 'asc' } }),
    interventions: await db.intervention.findMany({ where, orderBy: { interventionId: 'asc' } }),
    counts: await Promise.all([
      db.flag.count(),
      db.observation.count(),
      db.preflightResult.count(),
    ]),
  }
}

describe('[TR-1] every command that changes or shows something', () => {
  it.each(SCRIPT.map((step) => ({ ...step, name: `${step.by}: ${step.key}` })))(
    '$name: is refused while no entry can be written, and leaves its entry',
    async ({ by, key, payload, keep, prepare, isFollowed }) => {
      const namespace = stage.namespaceOf(by)
      const noted = (NOTED[namespace] as Readonly<Record<string, string | object>>)[key]
      await prepare?.(stage)
      const client = stage.clientOf(by)
      const known = (await entriesOf(world.db, stage.live.people.facilityId)).length
      await breakAuditLog(world.db)
      try {
        const before = await standing()
        const refused = { key, payload: payload(stage.known), requestId: randomUUID() }
        const { code } = await ask(client, refused)
        expect(code).toBe('INTERNAL')
        expect(await standing()).toEqual(before)
      } finally {
        await mendAuditLog(world.db)
      }
      const requestId = randomUUID()
      const asked = { key, payload: payload(stage.known), requestId }
      const { code, data } = await ask(client, asked)
      expect(code).toBe('OK')
      keep?.(stage.known, data)
      const entries = await entriesOf(world.db, stage.live.people.facilityId)
      const own = entries.filter((entry) => 'requestId' in entry && entry.requestId === requestId)
      if (isFollowed && own.length === 0) {
        // The clock was faster: what could not be stored a moment ago was stored by itself, with its entry.
        expect(entries.slice(known).map(({ action }) => action)).toContain(noted)
        return
      }
      expect(own.map(({ action }) => action)).toContain(noted)
      const rule = `socket:${LISTS[namespace][key]?.name ?? ''}`
      const policies = own.map((entry) => ('policy' in entry ? entry.policy : null))
      expect(policies).toContainEqual(expect.objectContaining({ rule }))
    },
  )

  it('is in the list: what notes nothing says why', () => {
    const played = new Set(SCRIPT.map(({ by, key }) => `${stage.namespaceOf(by)} ${key}`))
    const missing = Object.entries(NOTED).flatMap(([namespace, rows]) =>
      Object.entries(rows)
        .filter(([, noted]) => typeof noted === 'string')
        .map(([key]) => `${namespace} ${key}`)
        .filter((name) => !played.has(name)),
    )
    expect(missing).toEqual([])
    const whys = Object.values(NOTED).flatMap((rows) => Object.values(rows))
    for (const noted of whys) {
      if (typeof noted === 'object') expect(noted.why.length).toBeGreaterThan(20)
    }
  })
})
