import { createSocket } from 'node:dgram'
import type { Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCleanUp } from '../clean-up.ts'
import { freePorts } from '../ports.ts'
import { until } from '../until.ts'
import { HAS_LOOPBACK_RANGE, openPartyNetwork } from './party-network.ts'
import type { PartyNetwork } from './party-network.ts'

/** An address that is this file's alone. */
const ADDRESS = '127.0.0.9'

const cleanUp = createCleanUp()
let network: PartyNetwork
let ports: { server: number; media: number[] }
/** Where packets came from, as the product sees it. */
let sources: number[]

/** The product: says back what it hears, on TCP at the server's port and on UDP at the media's. */
async function startEchoes(): Promise<void> {
  const open = new Set<Socket>()
  const tcp = createServer((socket) => {
    open.add(socket.on('error', () => undefined))
    socket.pipe(socket)
  })
  tcp.listen(ports.server, '127.0.0.1')
  await once(tcp, 'listening')
  const udp = createSocket('udp4')
  udp.on('message', (packet, { port }) => {
    sources.push(port)
    udp.send(packet, port, '127.0.0.1')
  })
  udp.bind(ports.media[0], '127.0.0.1')
  await once(udp, 'listening')
  cleanUp.later(udp, async () => udp.close())
  cleanUp.later(tcp, async () => {
    for (const socket of open) socket.destroy()
    tcp.close()
  })
}

function aCaller(): UdpSocket {
  return cleanUp.later(createSocket('udp4'), async (each) => each.close())
}

function aConnection(): Socket {
  const socket = connect(ports.server, ADDRESS)
  socket.on('error', () => undefined)
  return cleanUp.later(socket, async (each) => each.destroy())
}

/** However it ended. */
function endOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

/** Sends until an answer comes: the way there may just be opening. */
async function echoOf(caller: UdpSocket, word: string): Promise<void> {
  const heard: string[] = []
  caller.on('message', (packet) => heard.push(packet.toString()))
  await until(() => {
    caller.send(word, ports.media[0], ADDRESS)
    return heard.includes(word) || null
  }, `the echo of ${word}`)
}

describe.skipIf(!HAS_LOOPBACK_RANGE)('the network of one person', () => {
  beforeEach(async () => {
    const first = await freePorts(2)
    ports = { server: first, media: [first + 1] }
    sources = []
    await startEchoes()
    network = cleanUp.later(await openPartyNetwork(ADDRESS, ports), async ({ close }) => close())
  })
  afterEach(cleanUp.run)

  test('datagrams and connections come through, both ways', async () => {
    await echoOf(aCaller(), 'hello')
    const connection = aConnection()
    connection.write('hello')
    expect(String((await once(connection, 'data'))[0])).toBe('hello')
  })

  test('each caller comes from a port of its own, and from another one after a change of address', async () => {
    const [one, other] = [aCaller(), aCaller()]
    await echoOf(one, 'one')
    await echoOf(other, 'other')
    expect(new Set(sources).size).toBe(2)
    const before = new Set(sources)
    const connection = aConnection()
    await once(connection, 'connect')
    const ended = endOf(connection)
    network.changeAddress()
    await ended
    await echoOf(one, 'again')
    expect(before.has(sources.at(-1) ?? 0)).toBe(false)
  })

  test('in the dark nothing comes through; connections go on afterwards, datagrams are lost', async () => {
    const caller = aCaller()
    const heard: string[] = []
    await echoOf(caller, 'before')
    caller.on('message', (packet) => heard.push(packet.toString()))
    const connection = aConnection()
    connection.write('before')
    await once(connection, 'data')
    network.become({ isDark: true })
    caller.send('lost', ports.media[0], ADDRESS)
    connection.write('late')
    let hasCome = false
    const data = once(connection, 'data').then(([chunk]) => {
      hasCome = true
      return String(chunk)
    })
    // Another connection's whole round trip would have taken no longer than this one's.
    const direct = connect(ports.server, '127.0.0.1')
    direct.write('direct')
    await once(direct, 'data')
    direct.destroy()
    expect(hasCome).toBe(false)
    network.become({})
    expect(await data).toBe('late')
    await echoOf(caller, 'after')
    expect(heard).not.toContain('lost')
  })

  test('while the server is cut off it cannot be reached, and media can', async () => {
    const connection = aConnection()
    await once(connection, 'connect')
    const ended = endOf(connection)
    network.cutServer(true)
    await ended
    await endOf(aConnection())
    await echoOf(aCaller(), 'media')
    network.cutServer(false)
    const again = aConnection()
    again.write('again')
    expect(String((await once(again, 'data'))[0])).toBe('again')
  })
})
