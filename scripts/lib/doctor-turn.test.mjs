import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { turnAddress, turnFindings } from './doctor-turn.mjs'
import { anyFreePort } from './ports.mjs'

const SECRET = 's'.repeat(32)

describe('the address of a relay', () => {
  it.each([
    ['turns:turn.example.org:443?transport=tcp', 'turn.example.org', 443, 'tcp'],
    ['turns:turn.example.org', 'turn.example.org', 5349, 'tcp'],
    ['turn:198.51.100.7', '198.51.100.7', 3478, 'udp'],
    ['turn:[2001:db8::7]:3479?transport=tcp', '2001:db8::7', 3479, 'tcp'],
  ])('%s is read as a browser reads it', (url, ...place) => {
    const { host, port, protocol } = turnAddress(url) ?? {}
    expect([host, port, protocol]).toEqual(place)
  })

  it.each(['https://turn.example.org', 'turn:', 'turns:a b:443', 'turns:example.org:70000'])(
    '%s is none',
    (url) => expect(turnAddress(url)).toBeUndefined(),
  )
})

describe('the relay that is configured', () => {
  it('may be none, which is told and is no fault', async () => {
    const [finding, ...others] = await turnFindings({})
    expect(finding).toMatchObject({ state: 'ok', found: expect.stringContaining('none') })
    expect(others).toEqual([])
  })

  it.each([
    [{ TURN_URLS: 'turns:turn.example.org:443' }, 'TURN_SECRET is missing'],
    [{ TURN_SECRET: SECRET }, 'TURN_URLS is missing'],
    [{ TURN_URLS: 'turns:turn.example.org:443', TURN_SECRET: 'short' }, 'shorter than 32'],
    [{ TURN_URLS: 'turn.example.org', TURN_SECRET: SECRET }, 'no address of a relay'],
  ])('%j is refused', async (env, found) => {
    expect(await turnFindings(env)).toMatchObject([
      { state: 'bad', found: expect.stringContaining(found) },
    ])
    const [{ found: told }] = await turnFindings(env)
    expect(told).not.toContain(SECRET)
  })

  it('is asked at each of its addresses, over TCP and over UDP', async () => {
    const tcp = createServer().listen(0, '127.0.0.1')
    await once(tcp, 'listening')
    const udp = createSocket('udp4').on('message', (question, { port }) => {
      if (question.readUInt32BE(4) === 0x2112a442) udp.send(question, port, '127.0.0.1')
    })
    udp.bind(0, '127.0.0.1')
    await once(udp, 'listening')
    const ports = [tcp.address(), udp.address(), { port: await anyFreePort() }]
    const [overTcp, overUdp, nobody] = ports.map((at) => /** @type {{port: number}} */ (at).port)
    const TURN_URLS = [
      `turns:127.0.0.1:${overTcp}?transport=tcp`,
      `turn:127.0.0.1:${overUdp}`,
      `turn:127.0.0.1:${nobody}?transport=tcp`,
    ].join(', ')
    const findings = await turnFindings({ TURN_URLS, TURN_SECRET: SECRET })
    expect(findings.map(({ state }) => state)).toEqual(['ok', 'ok', 'warn'])
    expect(findings[2]?.found).toContain(`port ${nobody}`)
    tcp.close()
    udp.close()
  })
})
