import { request as httpRequest } from 'node:http'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION } from '@visavis/contract/command'
import { VISIT_NAMESPACE, visitCommands } from '@visavis/contract/visit-socket'
import { aVisitWithPeople } from './support/live-people.ts'
import type { VisitPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connect, connectSeat } from './support/socket-client.ts'

let world: LiveWorld
let people: VisitPeople['cookies']

beforeAll(async () => {
  world = await aLiveWorld()
  people = (await aVisitWithPeople(world)).cookies
})
afterAll(() => world.close())

/** Status and body of a raw request to the sockets' address. */
function knock(
  query: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const url = `${world.origin().replace('localhost', '127.0.0.1')}/socket.io/?EIO=4&${query}`
    const asked = httpRequest(url, { headers }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (part: string) => (body += part))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'x3JJHMbDL1EzLkh9GBhXDw==',
}

describe('a socket that a page of another origin opens, with the cookies of its visitor', () => {
  it.each(['https://evil.example', 'null', 'http://localhost.evil.example', 'http://localhost:1'])(
    'is refused: %s',
    async (origin) => {
      const upgrade = await knock('transport=websocket', {
        ...UPGRADE,
        origin,
        cookie: people.visitor,
      })
      expect(upgrade.status).toBe(400)
      const polling = await knock('transport=polling', { origin, cookie: people.visitor })
      expect(polling.status).toBeGreaterThanOrEqual(400)
      const known = connect(world, {
        namespace: VISIT_NAMESPACE,
        commands: visitCommands,
        cookie: people.visitor,
        auth: { protocolVersion: PROTOCOL_VERSION, signInAs: 'account' },
        origin,
      })
      await expect(known).rejects.toThrow()
    },
  )

  it('is refused if it names no origin, and nothing is polled even from ours', async () => {
    expect(
      (await knock('transport=websocket', { ...UPGRADE, cookie: people.visitor })).status,
    ).toBe(400)
    const own = await knock('transport=polling', { origin: world.origin(), cookie: people.visitor })
    expect(own.status).toBe(400)
    expect(own.body).not.toContain('sid')
  })
})

describe('[TR-3] a socket that comes back', () => {
  it('after its sign-in was ended is not taken up, whatever it remembers of its session', async () => {
    const seat = await connectSeat(world, people.visitor)
    const remembered = { pid: seat.socket.id, offset: '0' }
    seat.close()
    await world.db.authSession.updateMany({ data: { endedAt: world.clock.now() } })
    const back = io(`${world.origin()}${VISIT_NAMESPACE}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { protocolVersion: PROTOCOL_VERSION, signInAs: 'account', ...remembered },
      extraHeaders: { origin: world.origin(), cookie: people.visitor },
    })
    const why = await new Promise<Error>((resolve, reject) => {
      back.once('connect_error', resolve)
      back.once('connect', () => reject(new Error('it was let in')))
    })
    back.close()
    expect(back.recovered).toBe(false)
    expect(why.message).toMatch(/NOT_SIGNED_IN|SESSION_ENDED|BAD_REQUEST/)
    await world.db.authSession.updateMany({ data: { endedAt: null } })
  })
})

describe('a socket that sends too much', () => {
  const FLOOD = 1_500
  const MINUTE_MS = 60_000

  it('is told so and when it may go on, while others are answered as ever', async () => {
    const flooding = await connectSeat(world, people.visitor)
    const other = await connectSeat(world, people.inmate)
    const sent = Array.from({ length: FLOOD }, () => flooding.ask('checkLink', {}))
    const meanwhile = await other.ask('checkLink', {})
    expect(meanwhile).toMatchObject({ ok: true })
    const answers = await Promise.all(sent)
    const refused = answers.filter((answer) => !answer.ok)
    expect(refused.length).toBeGreaterThan(FLOOD / 2)
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(400)
    for (const answer of refused) {
      expect(answer.code).toBe('TOO_MANY_REQUESTS')
      expect(Date.parse(answer.context.liftsAt ?? '')).toBeGreaterThan(Date.now() - MINUTE_MS)
    }
    other.close()
    flooding.close()
  })

  it('counts for its person: a second socket of the same does not bring a second allowance', async () => {
    const first = await connectSeat(world, people.visitor)
    const second = await connectSeat(world, people.visitor)
    const third = await connectSeat(world, people.visitor)
    const sent = [first, second, third].flatMap((seat) =>
      Array.from({ length: 390 }, () => seat.ask('checkLink', {})),
    )
    const answers = await Promise.all(sent)
    const refused = answers.filter((answer) => !answer.ok && answer.code === 'TOO_MANY_REQUESTS')
    expect(refused.length).toBeGreaterThan(0)
    for (const seat of [first, second, third]) seat.close()
  })

  it('and never stops is closed', async () => {
    const seat = await connectSeat(world, people.visitor)
    const closed = new Promise((resolve) => seat.socket.once('disconnect', resolve))
    for (let at = 0; at < 6_000; at += 1) seat.socket.emit('link:check', {}, () => undefined)
    await closed
    const again = await connectSeat(world, people.inmate)
    expect(await again.ask('checkLink', {})).toMatchObject({ ok: true })
    again.close()
  })

  it('of more than 64 KiB at once is closed', async () => {
    const seat = await connectSeat(world, people.inmate)
    const closed = new Promise((resolve) => seat.socket.once('disconnect', resolve))
    seat.socket.emit('seat:join', { requestId: 'x'.repeat(70_000) }, () => undefined)
    await closed
  })
})
