import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '@visavis/contract/errors'
import { isLoopback } from '../config.ts'
import type { ServerConfig } from '../config.ts'
import { isOriginAllowed } from './origins.ts'

/** A home or an office has one such network: its addresses count as one caller. */
const IPV6_SUBNET_BITS = 64
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What the pages may use of the device, and nothing that is embedded in them. */
const PERMISSIONS = [
  'camera=(self)',
  'microphone=(self)',
  'speaker-selection=(self)',
  'autoplay=(self)',
  'fullscreen=(self)',
  'screen-wake-lock=(self)',
  'display-capture=()',
  'geolocation=()',
  'usb=()',
].join(', ')

/** Headers, request limits and the Origin check, for every answer of the process. */
export async function addSecurity(app: FastifyInstance, config: ServerConfig): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy(config) },
    strictTransportSecurity: isTransportPinned(config) && { includeSubDomains: false },
  })
  await app.register(rateLimit, {
    global: false,
    ipv6Subnet: IPV6_SUBNET_BITS,
    errorResponseBuilder: (_request, { ttl }) =>
      new Refusal('TOO_MANY_REQUESTS', { liftsAt: new Date(Date.now() + ttl).toISOString() }),
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', PERMISSIONS)
    reply.header('x-request-id', request.id)
    if (!isApi(request.url)) return
    reply.header('cache-control', 'no-store')
    refuseForeignPages(config, request)
  })
}

// A browser that remembered this for localhost would refuse every plain local page for a year.
function isTransportPinned({ isSecure, publicOrigin }: ServerConfig): boolean {
  return isSecure && !isLoopback(publicOrigin)
}

/** Whether an address belongs to the API, which answers in JSON whatever happens. */
export function isApi(url: string): boolean {
  return url === '/api' || url.startsWith('/api/') || url.startsWith('/api?')
}

// Every browser of today sends Origin with an unsafe method; what sends none is no page, and has no cookies of ours.
function refuseForeignPages(
  config: ServerConfig,
  { method, headers }: { method: string; headers: { origin?: string | undefined } },
): void {
  if (SAFE_METHODS.has(method) || headers.origin === undefined) return
  if (!isOriginAllowed(config, headers.origin)) throw new Refusal('ORIGIN_REFUSED')
}

function contentPolicy(config: ServerConfig): Record<string, string[]> {
  const sockets = config.publicOrigin.replace(/^http/, 'ws')
  return {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'", 'blob:'],
    'font-src': ["'self'"],
    // Safari does not count a socket of the same host as 'self'.
    'connect-src': ["'self'", sockets],
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    ...(config.isSecure ? { 'upgrade-insecure-requests': [] } : {}),
  }
}
