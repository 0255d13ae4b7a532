import type { Chance } from '../support/seeded.ts'
import { encoded, nasty } from './broken-json.ts'
import type { FuzzRequest } from './http-requests.ts'

type Spoil = (request: FuzzRequest, chance: Chance) => FuzzRequest

const OVER_THE_LIMIT = 70_000
const VERY_DEEP = 20_000
const LONG_ID = 3_000

/** The request as no client that reads HTTP's or our own rules would send it. */
export function spoiled(request: FuzzRequest, chance: Chance): FuzzRequest {
  const spoil = chance.pick(SPOILS)
  return spoil === null ? request : spoil(request, chance)
}

const withHeaders = (request: FuzzRequest, headers: Record<string, string>): FuzzRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
})
const withJson = (request: FuzzRequest, payload: string | Buffer): FuzzRequest => ({
  ...withHeaders(request, { 'content-type': 'application/json' }),
  method: request.method === 'GET' ? 'POST' : request.method,
  payload,
})
const withQuery = (request: FuzzRequest, query: string): FuzzRequest => ({
  ...request,
  url: `${request.url}${request.url.includes('?') ? '&' : '?'}${query}`,
})
const one = (chance: Chance, list: readonly string[]): string => chance.pick(list) ?? ''

const TYPES = [
  'text/plain',
  'text/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/json; charset=utf-16',
  'application/json;charset=',
  'application/jsonx',
  'image/png',
  'image/svg+xml',
  'application/octet-stream',
  'a/b;;;==',
  '',
]
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'SEARCH']
const BAD_JSON = [
  '{"a":1,"a":2}',
  '{"a":1',
  '{a:1}',
  "{'a':1}",
  '[1,]',
  'nul',
  '\ufeff{}',
  '{}\u0000',
  '{}{}',
  '"\\ud800"',
  '1e9999',
  '01',
  'NaN',
  '',
  ' ',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
]
const PATHS = [
  '/%00',
  '/%E0%A4%A',
  '/..%2f..%2fetc%2fpasswd',
  '//',
  '/;a=b',
  '/%ff',
  '/*',
  '/%252e%252e/',
]
const QUERIES = [
  'a=1&a=2',
  'limit=1&limit=2',
  'limit=99999999999999999999',
  'limit=1e3',
  'cursor=%00',
  'cursor=eyJhIjoxfQ',
  'cursor=%F0%9F%92%A9',
  '__proto__[x]=1',
  '__proto__=1',
  'constructor[prototype][x]=1',
  'a[]=1&a[b]=2',
  '%E0%A4%A=1',
  '&&&=&=',
]
const HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'idempotency-key': 'x'.repeat(5_000) },
  { 'idempotency-key': ' ' },
  { 'idempotency-key': "' OR 1=1" },
  { traceparent: '00-00000000000000000000000000000000-0000000000000000-00' },
  { traceparent: 'x'.repeat(300), 'sec-fetch-site': 'same-origin' },
  { cookie: 'visavis=%' },
  { cookie: `visavis=${'x'.repeat(8_000)}` },
  { cookie: 'visavis=; visavis-inmate=; visavis-terminal=' },
  { cookie: '__proto__=x; visavis=__proto__' },
  { cookie: 'visavis=a; visavis=b' },
  { range: 'bytes=9-1' },
  { range: 'bytes=-99999999999999999999' },
  { range: 'bytes=0-0,2-3,5-' },
  { range: 'octets=a-b' },
  { 'if-none-match': '*', 'if-modified-since': 'never' },
  { 'accept-encoding': 'x;q=y', accept: '*/*;q=9' },
  { 'content-encoding': 'gzip' },
  { 'content-length': '5' },
  { 'content-length': '-1' },
  { 'content-length': 'x' },
  { 'transfer-encoding': 'chunked' },
  { origin: 'https://evil.example' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { 'x-forwarded-for': '::1, <script>', 'x-http-method-override': 'DELETE' },
  { host: 'evil.example' },
  { expect: '100-continue' },
  { upgrade: 'websocket', connection: 'upgrade' },
]

const SPOILS: readonly Spoil[] = [
  (request, chance) => withHeaders(request, { 'content-type': one(chance, TYPES) }),
  (request, chance) => withHeaders(withJson(request, '{}'), { 'content-type': one(chance, TYPES) }),
  (request, chance) => ({ ...request, method: one(chance, METHODS) }),
  (request, chance) => withJson(request, one(chance, BAD_JSON)),
  (request) => withJson(request, '['.repeat(VERY_DEEP)),
  (request) => withJson(request, `${'{"a":'.repeat(VERY_DEEP / 2)}1${'}'.repeat(VERY_DEEP / 2)}`),
  (request) => withJson(request, JSON.stringify('x'.repeat(OVER_THE_LIMIT))),
  (request) => withJson(request, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
  (request, chance) => withJson(request, truncated(request.payload, chance)),
  (request, chance) => withJson(request, noise(chance)),
  (request, chance) => ({ ...request, url: `${pathOf(request)}${one(chance, PATHS)}` }),
  (request, chance) => withQuery(request, one(chance, QUERIES)),
  (request, chance) => withQuery(request, `q=${encoded(nasty(chance))}`),
  (request, chance) => withHeaders(request, { ...chance.pick(HEADERS) }),
  longId,
  (request) => ({ ...request, url: pathOf(request).toUpperCase() }),
]

function longId(request: FuzzRequest, chance: Chance): FuzzRequest {
  const parts = pathOf(request).split('/')
  const at = 2 + chance.below(Math.max(1, parts.length - 2))
  parts[at] = one(chance, ['x', '%20', '%00', '٣', '-1']).repeat(LONG_ID)
  return { ...request, url: parts.join('/') }
}

function pathOf({ url }: FuzzRequest): string {
  return url.split('?')[0] ?? '/'
}

function truncated(payload: FuzzRequest['payload'], chance: Chance): Buffer {
  const bytes = Buffer.from(payload ?? '{"a":1}')
  return bytes.subarray(0, chance.below(bytes.length + 1))
}

function noise(chance: Chance): Buffer {
  return Buffer.from(Array.from({ length: chance.below(400) }, () => chance.below(256)))
}
