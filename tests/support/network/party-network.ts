import { seeded } from '../seeded.ts'
import { GOOD_LINE, Line } from './line.ts'
import type { LineConditions } from './line.ts'
import { openTcpRelay } from './tcp-relay.ts'
import type { TcpRelay } from './tcp-relay.ts'
import { openUdpRelay } from './udp-relay.ts'
import type { UdpRelay } from './udp-relay.ts'

/** The name under which a media node is announced to browsers that are behind networks of ours. */
export const MEDIA_HOST = 'media.test'

/** Where the product listens on 127.0.0.1. */
export type ProductPorts = { readonly server: number; readonly media: readonly number[] }

/**
 * All that lies between one person and the product: real packets through relays of our own at an address
 * of the loopback range that is this person's alone, on the product's port numbers.
 */
export type PartyNetwork = {
  readonly address: string
  /** Loss and rate hold for datagrams, that is media; dark holds for everything. */
  readonly become: (conditions: Partial<LineConditions>) => void
  /** While cut, the server cannot be reached; media can. */
  readonly cutServer: (isCut: boolean) => void
  /** From Wi-Fi to mobile: connections are gone, and packets come from elsewhere. */
  readonly changeAddress: () => void
  readonly close: () => void
}

const PRODUCT = '127.0.0.1'

/** Only Linux answers on the whole loopback range without being told to. */
export const HAS_LOOPBACK_RANGE = process.platform === 'linux'

/** Opens the network; the person's browser finds both hosts at `address`. */
export async function openPartyNetwork(
  address: string,
  ports: ProductPorts,
): Promise<PartyNetwork> {
  const options = { now: () => performance.now(), chance: seeded(ports.server) }
  const lines = { up: new Line(options), down: new Line(options) }
  const target = (port: number) => ({ address: PRODUCT, port })
  const tcp = (port: number) => openTcpRelay({ address, port }, target(port))
  const udp = (port: number) => openUdpRelay({ address, port }, target(port), lines)
  const server = await tcp(ports.server)
  const mediaTcp: TcpRelay[] = await Promise.all(ports.media.map(tcp))
  const mediaUdp: UdpRelay[] = await Promise.all(ports.media.map(udp))
  const allTcp = [server, ...mediaTcp]
  return {
    address,
    become(changes) {
      const conditions = { ...GOOD_LINE, ...changes }
      for (const line of Object.values(lines)) line.become(conditions)
      for (const relay of allTcp) relay.darken(conditions.isDark)
    },
    cutServer: server.cut,
    changeAddress() {
      for (const relay of mediaUdp) relay.changeAddress()
      for (const relay of allTcp) relay.reset()
    },
    close() {
      for (const relay of [...allTcp, ...mediaUdp]) relay.close()
      for (const line of Object.values(lines)) line.close()
    },
  }
}
