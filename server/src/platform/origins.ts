import { isLoopback } from '../config.ts'
import type { ServerConfig } from '../config.ts'

/**
 * Whether a request that a page made may come from `origin`: the public one, or, when that is this
 * machine itself, any of the machine's names for it. Used for unsafe REST methods and for sockets, whose
 * handshake no CORS rule protects.
 */
export function isOriginAllowed(
  config: Pick<ServerConfig, 'publicOrigin' | 'port'>,
  origin: string,
): boolean {
  if (origin === config.publicOrigin) return true
  if (!isLoopback(config.publicOrigin) || !isLoopback(origin)) return false
  const here = new URL(config.publicOrigin)
  const { protocol, port } = new URL(origin)
  return protocol === here.protocol && (port === here.port || port === String(config.port))
}
