import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION } from '@visavis/contract/command'
import { VISIT_NAMESPACE, visitCommands } from '@visavis/contract/visit-socket'
import { insertAccount } from '@visavis/prisma/seed'
import { aSoftwareKey, socketProofOf, testTerminalOf } from '../../support/test-terminals.ts'
import { until } from '../../support/until.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import type { VisitPeople } from './support/live-people.ts'
import { aLiveVisit, hangUp } from './support/live-visit.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connectPreflight } from './support/preflight-client.ts'
import { connect, connectSeat } from './support/socket-client.ts'

let world: LiveWorld
let people: VisitPeople
beforeAll(async () => {
  world = await aLiveWorld()
  people = await aVisitWithPeople(world)
})
afterAll(() => world.close())

/** Opens the inmate's socket with that proof, or none. */
const open = (device: unknown, cookie = people.cookies.inmate) =>
  connect(world, {
    ...{ namespace: VISIT_NAMESPACE, commands: visitCommands, cookie },
    auth: { protocolVersion: PROTOCOL_VERSION, signInAs: 'inmate', device },
  })
const refusal = async (device: unknown): Promise<string> =>
  open(device).then(
    () => 'let in',
    (error: unknown) => (error instanceof Error ? error.message : 'another fault'),
  )
const alarms = (facilityId = people.facilityId) =>
  world.db.task.count({ where: { facilityId, kind: 'TERMINAL_ALARM' } })

describe('[TR-5] the socket of a terminal', () => {
  it('opens for its key, and only once for one proof', async () => {
    const proof = await socketProofOf(people.cookies.inmate, world.origin())
    const seat = await open(proof)
    expect(await seat.ask('checkLink', {})).toMatchObject({ ok: true })
    seat.close()
    expect(await refusal(proof)).toBe('TERMINAL_PROOF_REFUSED')
    expect(await alarms()).toBe(0)
  })

  it('stays shut for another key, another terminal, another session and another origin', async () => {
    const { inmate } = people.cookies
    const proof = await socketProofOf(inmate, world.origin())
    const terminal = testTerminalOf(inmate)
    if (!proof || !terminal) throw new Error('the inmate is at no terminal')
    const { terminalId, sessionId } = terminal
    const { nonce } = proof.proof
    const ground = { nonce, origin: world.origin() }
    const statement = { purpose: 'SOCKET', terminalId, sessionId } as const
    const forged = aSoftwareKey().prove(ground, statement)
    expect(await refusal({ ...proof, proof: forged })).toBe('TERMINAL_PROOF_REFUSED')
    const evil = terminal.key.prove({ nonce, origin: 'https://evil.example' }, statement)
    expect(await refusal({ ...proof, proof: evil })).toBe('TERMINAL_PROOF_REFUSED')
    const elsewhere = await aVisitWithPeople(world)
    const others = await socketProofOf(elsewhere.cookies.inmate, world.origin())
    expect(await refusal(others)).toBe('NOT_SIGNED_IN')
    const gone = crypto.randomUUID()
    const signed = terminal.key.prove(ground, { ...statement, sessionId: gone })
    const old = { terminalId, sessionId: gone, proof: signed }
    expect(await refusal(old)).toBe('TERMINAL_PROOF_REQUIRED')
  })

  it('stays shut for copied cookies alone, which is an alarm', async () => {
    const before = await alarms()
    const { facilityId, cookies } = await aVisitWithPeople(world)
    await expect(open(undefined, cookies.inmate)).rejects.toMatchObject({
      message: 'TERMINAL_PROOF_REQUIRED',
    })
    expect(await alarms(facilityId)).toBe(1)
    expect(await alarms()).toBe(before)
    const seat = await connectSeat(world, cookies.inmate)
    expect(await seat.ask('checkLink', {})).toMatchObject({ ok: true })
    seat.close()
  })
})

describe('[TR-5] a terminal whose key is revoked', () => {
  it('is out of its running visit and its test at once, and does not come back', async () => {
    const live = await aLiveVisit(world)
    const { inmate, media } = live
    const { facilityId, cookies } = live.people
    const device = cookies.inmate.split('; ')[0] ?? ''
    const test = await connectPreflight(world, device, 'terminal')
    const { accountId } = await insertAccount(world.db, { role: 'facilityAdmin', facilityId })
    const cookie = await accountCookie(world as never, accountId)
    const terminalId = testTerminalOf(device)?.terminalId ?? ''
    const sinceMs = performance.now()
    const url = `${world.origin()}/api/terminals/${terminalId}/key/revocation`
    const headers = { cookie, 'content-type': 'application/json' }
    const body = JSON.stringify({ reason: 'STOLEN' })
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
    const isCut = ({ socket }: typeof inmate | typeof test) =>
      until(() => (socket.disconnected ? true : null), 'the socket to be closed')
    await Promise.all([isCut(inmate), isCut(test)])
    await until(() => (media.visitor.consumers.size === 0 ? true : null), 'the media to end')
    console.info(`terminal cut after ${Math.round(performance.now() - sinceMs)} ms`)
    await expect(connectSeat(world, cookies.inmate)).rejects.toMatchObject({
      message: 'TERMINAL_NOT_ENROLLED',
    })
    const again = connectPreflight(world, device, 'terminal')
    await expect(again).rejects.toMatchObject({ message: 'TERMINAL_NOT_ENROLLED' })
    hangUp(live)
  })
})
