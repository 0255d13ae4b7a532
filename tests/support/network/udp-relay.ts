import { createSocket } from 'node:dgram'
import type { RemoteInfo, Socket } from 'node:dgram'
import { once } from 'node:events'
import type { Line } from './line.ts'

/** An address and port on this machine. */
export type Place = { readonly address: string; readonly port: number }

/** Both directions, as seen from the person. */
export type Lines = { readonly up: Line; readonly down: Line }

/** Carries datagrams between people's programs and one port, as the last router before them does. */
export type UdpRelay = {
  /** Each program comes from another port from now on, and what is sent to the old one is lost. */
  readonly changeAddress: () => void
  readonly close: () => void
}

type Flow = { upstream: Socket; isUp: Promise<unknown> }

/** Listens at `at`; whatever comes there comes out at `target`, from a port for each sender. */
export async function openUdpRelay(at: Place, target: Place, lines: Lines): Promise<UdpRelay> {
  const socket = createSocket('udp4')
  const flows = new Map<string, Flow>()
  const open = (sender: RemoteInfo): Flow => {
    const upstream = createSocket('udp4')
    upstream.on('error', () => undefined)
    upstream.on('message', (packet) =>
      lines.down.carry(packet.length, () => send(socket, packet, sender)),
    )
    const isUp = once(upstream, 'connect')
    upstream.connect(target.port, target.address)
    return { upstream, isUp }
  }
  socket.on('message', (packet, sender) => {
    const key = `${sender.address}:${sender.port}`
    const flow = flows.get(key) ?? open(sender)
    flows.set(key, flow)
    lines.up.carry(packet.length, () => void forward(flow, packet))
  })
  socket.bind(at.port, at.address)
  await once(socket, 'listening')
  socket.on('error', () => undefined)
  const forget = () => {
    for (const { upstream } of flows.values()) shut(upstream)
    flows.clear()
  }
  return {
    changeAddress: forget,
    close() {
      forget()
      shut(socket)
    },
  }
}

async function forward({ upstream, isUp }: Flow, packet: Buffer): Promise<void> {
  try {
    await isUp
    upstream.send(packet)
  } catch {
    // The flow was forgotten, or nobody listens there: datagrams get lost.
  }
}

function send(socket: Socket, packet: Buffer, { port, address }: RemoteInfo): void {
  try {
    socket.send(packet, port, address)
  } catch {
    // Closed while the packet was on its way.
  }
}

function shut(socket: Socket): void {
  try {
    socket.close()
  } catch {
    // Closed already.
  }
}
