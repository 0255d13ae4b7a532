import { X509Certificate, createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { PAGE_HEADER } from '@visavis/contract/terminal-proof'
import type { SocketProof } from '@visavis/contract/terminal-proof-shapes'
import { createTrustedPeers } from '../../platform/trusted-peers.ts'
import type { ActorKind } from './actor.ts'
import type { Cookies } from './cookies.ts'
import type { PageSaid } from './device-proofs.ts'
import type { DeviceWord, Devices } from './devices.service.ts'

/** RFC 9440: the certificate's DER in base64 between colons. */
const STRUCTURED = /^:([A-Za-z0-9+/=]+):$/

/** A request, or a socket's first one: its headers and the address of the other end of the connection. */
export type Asking = {
  readonly headers: IncomingHttpHeaders
  readonly peer: string | undefined
}

/** What is known of a request before it is looked at. */
export function askingOf({ headers, socket }: FastifyRequest): Asking {
  return { headers, peer: socket.remoteAddress }
}

/** What requests and sockets of terminals' pages say of themselves. */
export type TerminalPages = ReturnType<typeof createTerminalPages>

type Deps = {
  readonly cookies: Cookies
  readonly devices: Pick<Devices, 'ofSocket'>
  /** The header in which a trusted proxy hands on client certificates; null: none. */
  readonly certHeader: string | null
  readonly trustedProxies: readonly string[]
}

export function createTerminalPages(deps: Deps) {
  const { cookies, devices, certHeader } = deps
  const isTrusted = createTrustedPeers(deps.trustedProxies)
  // What anybody else writes there is no certificate that somebody has verified.
  const certificateAt = ({ headers, peer }: Asking): string | null =>
    certHeader !== null && isTrusted(peer) ? certificateOf(headers[certHeader]) : null
  const said = (asking: Asking, requestId?: string): PageSaid => ({
    origin: asking.headers.origin ?? null,
    token: cookies.read(asking.headers.cookie, 'terminal'),
    certificate: certificateAt(asking),
    requestId,
  })
  return {
    said,
    /** With what a request shows that the terminal's cookie it carries is its own page's. */
    wordOf(asking: Asking): DeviceWord {
      const secret = asking.headers[PAGE_HEADER]
      return {
        kind: 'PAGE',
        secret: typeof secret === 'string' ? secret : null,
        certificate: certificateAt(asking),
      }
    },
    /**
     * What holds for all messages of a socket that a terminal opens, once it has proved its key; refuses like
     * `Devices.ofSocket`. Who signs in with an account needs none.
     */
    async ofSocket(
      { headers, address: peer }: { headers: IncomingHttpHeaders; address: string },
      { signInAs, device }: { signInAs: ActorKind; device?: SocketProof | undefined },
    ): Promise<{ readonly device?: DeviceWord }> {
      if (signInAs === 'account') return {}
      const keyId = await devices.ofSocket(device, said({ headers, peer }))
      return { device: { kind: 'KEY', keyId } }
    },
  }
}

/**
 * SHA-256 (hex) of a client certificate as a proxy hands it on: RFC 9440 (`:base64:`), or PEM in URL form, as
 * nginx writes it; null: none, or no certificate.
 */
export function certificateOf(value: string | readonly string[] | undefined): string | null {
  if (typeof value !== 'string' || value === '') return null
  try {
    const base64 = STRUCTURED.exec(value)?.[1]
    const given = base64 === undefined ? decodeURIComponent(value) : Buffer.from(base64, 'base64')
    return createHash('sha256').update(new X509Certificate(given).raw).digest('hex')
  } catch {
    return null
  }
}
