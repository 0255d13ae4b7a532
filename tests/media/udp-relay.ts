import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'

const LOOPBACK = '127.0.0.1'

/** A stretch of network between a sender and a receiver: it loses what it is told to, each way. */
export type UdpRelay = {
  /** The sender sends here, and gets answers from here. */
  readonly port: number
  readonly passed: () => { readonly there: number; readonly back: number }
  readonly lost: () => number
  readonly close: () => void
}

/** Opens a relay to `port` of this machine; `isLost` decides of each datagram. */
export async function openUdpRelay(
  port: number,
  isLost: (datagram: Buffer, way: 'THERE' | 'BACK') => boolean,
): Promise<UdpRelay> {
  const [near, far] = await Promise.all([bound(), bound()])
  const passed = { there: 0, back: 0 }
  let lost = 0
  let senderPort: number | null = null
  near.on('message', (datagram, from) => {
    senderPort = from.port
    if (isLost(datagram, 'THERE')) {
      lost += 1
      return
    }
    passed.there += 1
    far.send(datagram, port, LOOPBACK)
  })
  far.on('message', (datagram) => {
    if (senderPort === null || isLost(datagram, 'BACK')) return
    passed.back += 1
    near.send(datagram, senderPort, LOOPBACK)
  })
  return {
    port: near.address().port,
    passed: () => ({ ...passed }),
    lost: () => lost,
    close() {
      near.close()
      far.close()
    },
  }
}

async function bound(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 22 })
  socket.bind(0, LOOPBACK)
  await once(socket, 'listening')
  return socket
}
