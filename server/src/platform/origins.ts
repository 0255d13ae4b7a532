import { isLoopback } from '../config.ts'
import type { ServerConfig } from '../config.ts'

/** Whether a page of `origin` is ours; on this machine itself whatever its port, which only tests and proxies differ in. */
export function isOwnOrigin(publicOrigin: string, origin: string): boolean {
  return origin === publicOrigin || (isLoopback(publicOrigin) && isLoopback(origin))
}

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
