import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '@visavis/contract/errors'
import { isLoopback } from '../config.ts'
import type { ServerConfig } from '../config.ts'
import { isOriginAllowed } from './origins.ts'
import {
  REPORTING_ENDPOINTS,
  contentPolicy,
  kindOfAddress,
  permissionsPolicy,
} from './page-headers.ts'

/** A home or an office has one such network: its addresses count as one caller. */
const IPV6_SUBNET_BITS = 64
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
/** What a browser says of a request that no page of another origin made: our own, or a person who typed it. */
const OWN_SITES = new Set(['same-origin', 'none'])

/** Headers, request limits and the check of who made a request, for every answer of the process. */
export async function addSecurity(app: FastifyInstance, config: ServerConfig): Promise<void> {
  await app.register(helmet, {
    // By address, below.
    contentSecurityPolicy: false,
    // All that our pages load is ours, so this costs them nothing.
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: isTransportPinned(config) && { includeSubDomains: false },
  })
  await app.register(rateLimit, {
    global: false,
    ipv6Subnet: IPV6_SUBNET_BITS,
    errorResponseBuilder: (_request, { ttl }) =>
      new Refusal('TOO_MANY_REQUESTS', { liftsAt: new Date(Date.now() + ttl).toISOString() }),
  })
  // A form of another page can send text and form fields without asking anybody, and nothing of ours takes them.
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', async (request, reply) => {
    sendPolicies(config, request, reply)
    if (isApi(request.url)) refuseForeignPages(config, request)
  })
  app.addHook('onSend', async (request, reply) => {
    if (isApi(request.url)) guardAnswer(request, reply)
  })
}

/** The headers of an answer that the framework gives before any hook: to an address that cannot be read. */
export function armourBare(
  config: ServerConfig,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.headers({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    ...(isTransportPinned(config) ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  })
  sendPolicies(config, request, reply)
}

function sendPolicies(config: ServerConfig, request: FastifyRequest, reply: FastifyReply): void {
  const path = pathOf(request.url)
  const { publicOrigin: origin, isSecure } = config
  reply.header('content-security-policy', contentPolicy(path, { origin, isSecure }))
  reply.header('permissions-policy', permissionsPolicy(path))
  reply.header('x-request-id', request.id)
  if (kindOfAddress(path) === 'api') return
  reply.header('reporting-endpoints', REPORTING_ENDPOINTS)
}

/** No answer of the API is kept, and whatever is no JSON is a file to be saved, if its route says nothing else. */
function guardAnswer(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('cache-control', 'no-store')
  if (kindOfAddress(pathOf(request.url)) === 'docs') return
  const type = String(reply.getHeader('content-type') ?? 'application/json')
  const isFile = !/^application\/(problem\+)?json\b/.test(type)
  if (isFile && !reply.hasHeader('content-disposition')) {
    reply.header('content-disposition', 'attachment')
  }
}

function pathOf(url: string): string {
  const [path = '/'] = url.split(/[?#;]/)
  return path
}

// A browser that remembered this for localhost would refuse every plain local page for a year.
function isTransportPinned({ isSecure, publicOrigin }: ServerConfig): boolean {
  return isSecure && !isLoopback(publicOrigin)
}

/** Whether an address belongs to the API, which answers in JSON whatever happens. */
export function isApi(url: string): boolean {
  return url === '/api' || url.startsWith('/api/') || url.startsWith('/api?')
}

/**
 * Refuses what a page of another origin makes a browser send (CSRF). Every browser of today sends Origin with
 * an unsafe method, and most say where the request came from; what sends neither is no page, and has no
 * cookies of ours.
 */
function refuseForeignPages(
  config: ServerConfig,
  { method, headers }: Pick<FastifyRequest, 'method' | 'headers'>,
): void {
  if (SAFE_METHODS.has(method)) return
  const { origin } = headers
  const site = headers['sec-fetch-site']
  const isForeign =
    (origin !== undefined && !isOriginAllowed(config, origin)) ||
    (site !== undefined && !OWN_SITES.has([site].flat().join(',')))
  if (isForeign) throw new Refusal('ORIGIN_REFUSED')
}
