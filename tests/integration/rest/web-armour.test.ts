import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '@visavis/contract/http'
import { mayUseCamera } from '@visavis/contract/camera-pages'
import { BUILT_SECRET } from '@visavis/prisma/seed'
import { accountCookie } from './support/callers.ts'
import { aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

const AN_ID = '00000000-0000-4000-8000-000000000000'
/** A page of each kind; more than one where what it may use depends on its address. */
const PAGES = ['/', '/sign-in', '/visits', `/visits/${AN_ID}`, `/visits/${AN_ID}/check`, '/wall']
const KIOSK_PAGES = ['/terminal/', '/terminal/call']
const FILES = ['/assets/web-a1b2c3.js', '/terminal/assets/kiosk-a1b2c3.js', '/assets/gone.js']
const UNSAFE = ['POST', 'PUT', 'DELETE']

let world: RestWorld
let place: Place
let folder: string
/** As in production, behind a proxy that serves HTTPS. */
let secure: FastifyInstance

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  folder = await mkdtemp(join(tmpdir(), 'visavis-clients-'))
  const clients = { web: join(folder, 'web'), kiosk: join(folder, 'kiosk') }
  for (const [name, path] of Object.entries(clients)) {
    await mkdir(join(path, 'assets'), { recursive: true })
    await writeFile(join(path, 'index.html'), `<title>${name}</title>`)
    await writeFile(join(path, 'assets', `${name}-a1b2c3.js`), `// ${name}`)
  }
  const publicOrigin = 'https://visits.example.org'
  secure = await world.another({ publicOrigin, isSecure: true }, { clients })
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

const filled = (url: string) => url.replace(/:\w+/g, AN_ID).replace('*', 'some')
const answerOf = (method: string, url: string, headers: Record<string, string> = {}) =>
  secure.inject({ method: method as 'GET', url: filled(url), headers })

/** What every answer has, whatever it is. */
const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'strict-transport-security': 'max-age=31536000',
}

describe('every answer', () => {
  it('of every registered route has the whole set of headers', async () => {
    expect(secure.registered.length).toBeGreaterThan(150)
    for (const { method, url } of secure.registered) {
      const { headers } = await answerOf(method, url)
      expect(headers, `${method} ${url}`).toMatchObject(EVERYWHERE)
      const policy = String(headers['content-security-policy'])
      expect(policy, url).toMatch(/^default-src 'none'/)
      expect(policy, url).toContain("frame-ancestors 'none'")
      expect(policy, url).not.toMatch(/unsafe-eval|https?:|\*/)
      expect(headers['permissions-policy'], url).toContain('geolocation=()')
      expect(headers).not.toHaveProperty('x-powered-by')
      expect(headers).not.toHaveProperty('access-control-allow-origin')
    }
  })

  it('of the API is kept nowhere, and nothing in it is run or shown as a page', async () => {
    const routes = secure.registered.filter(({ url }) => url.startsWith('/api/'))
    for (const { method, url } of routes) {
      const { headers } = await answerOf(method, url)
      expect(headers['cache-control'], `${method} ${url}`).toBe('no-store')
      if (url.startsWith('/api/docs')) continue
      const policy = String(headers['content-security-policy'])
      expect(policy, url).toBe(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
      )
      expect(headers['permissions-policy'], url).toContain('camera=(), microphone=()')
    }
  })

  it('that is a page runs no text as a script, and nothing that is not ours', async () => {
    for (const url of [...PAGES, ...KIOSK_PAGES, ...FILES]) {
      const { headers } = await answerOf('GET', url, { accept: 'text/html' })
      expect(headers, url).toMatchObject(EVERYWHERE)
      const policy = String(headers['content-security-policy'])
      expect(policy, url).toContain("script-src 'self';")
      expect(policy, url).toContain("style-src 'self';")
      expect(policy, url).toContain(
        "require-trusted-types-for 'script'; trusted-types visavis-worker",
      )
      expect(policy, url).toContain("connect-src 'self' wss://visits.example.org;")
      expect(policy, url).toContain('report-to reports')
      expect(policy, url).not.toMatch(/unsafe|nonce|sha\d|data: blob:.*script/)
      expect(headers['reporting-endpoints']).toBe('reports="/api/browser-reports"')
    }
  })

  it.each([...PAGES, ...KIOSK_PAGES])(
    'of %s gives camera and microphone where a call may be',
    async (url) => {
      const { headers } = await answerOf('GET', url, { accept: 'text/html' })
      const allowed = mayUseCamera(url) ? '(self)' : '()'
      const policy = String(headers['permissions-policy'])
      expect(policy).toContain(`camera=${allowed}, microphone=${allowed}`)
      expect(headers['cache-control']).toBe('no-store')
    },
  )
})

describe('a request that a page of somebody else makes', () => {
  it.each([
    ['its origin', { origin: 'https://evil.example' }],
    ['no origin that can be named', { origin: 'null' }],
    ['where it comes from', { 'sec-fetch-site': 'cross-site' }],
    ['another name of our own site', { 'sec-fetch-site': 'same-site' }],
    [
      'our origin, and that it is not ours',
      { origin: 'https://visits.example.org', 'sec-fetch-site': 'cross-site' },
    ],
  ])('is refused on every route that changes something: it says %s', async (_what, headers) => {
    const writes = secure.registered.filter(({ method }) => UNSAFE.includes(method))
    expect(writes.length).toBeGreaterThan(80)
    for (const { method, url } of writes) {
      const answer = await answerOf(method, url, headers)
      const at = `${method} ${url}`
      expect(answer.statusCode, at).toBe(403)
      expect(Problem.parse(answer.json()).code, at).toBe('ORIGIN_REFUSED')
    }
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'as a form of type %s is refused, with the cookie and all',
    async (type) => {
      const cookie = await accountCookie(world, place.accounts.visitor)
      const request = { method: 'POST', url: '/api/sign-out', payload: '{}' } as const
      const refused = await world.app.inject({
        ...request,
        headers: { cookie, 'content-type': type },
      })
      expect(refused.json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
      const still = await world.app.inject({ url: '/api/me', headers: { cookie } })
      expect(still.statusCode).toBe(200)
    },
  )

  it('is read by nobody: no answer names an origin that may', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'GET' }
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await answerOf(method, '/api/me', headers)
      expect(
        Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
      ).toEqual([])
    }
  })
})

it('a file that is shown in our pages is never one of our pages: it is sandboxed, and saved if opened', async () => {
  const cookie = await accountCookie(world, place.accounts.officer)
  const seat = await world.db.seat.findFirstOrThrow({ where: { visitId: place.visitId } })
  const url = `/api/wall/stills/${place.visitId}/${seat.seatId}`
  const { statusCode, headers } = await world.app.inject({ url, headers: { cookie } })
  expect(statusCode).toBe(200)
  expect(headers).toMatchObject({
    'content-type': 'image/webp',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
  })
  expect(headers['content-security-policy']).toMatch(/sandbox$/)
})

describe('a browser’s report', () => {
  const send = (payload: unknown, type = 'application/reports+json') =>
    world.app.inject({
      method: 'POST',
      url: '/api/browser-reports',
      headers: { 'content-type': type },
      payload: JSON.stringify(payload),
    })

  it('is taken without a sign-in, whatever it says, and only a few of one sender', async () => {
    for (const report of [[], 'nothing', [{ type: 'csp-violation', body: {} }]]) {
      expect((await send(report)).statusCode).toBe(204)
    }
    expect((await send([], 'application/json')).statusCode).toBe(400)
    const codes = []
    for (let at = 0; at < 20; at += 1) codes.push((await send([])).statusCode)
    expect(codes.at(-1)).toBe(429)
  })
})

describe('the id of a request', () => {
  const TRACE = '3f2a1b4c-0d5e-4f60-8a71-92b3c4d5e6f7'
  const traceparent = `00-${TRACE.replaceAll('-', '')}-00f067aa0ba902b7-01`
  const idOf = async (headers: Record<string, string>) =>
    (await world.app.inject({ url: '/api/me', headers })).headers['x-request-id']

  it('is that of our own page, as it was made there', async () => {
    expect(await idOf({ traceparent, origin: 'http://localhost:3000' })).toBe(TRACE)
    expect(await idOf({ traceparent, 'sec-fetch-site': 'same-origin' })).toBe(TRACE)
  })

  it.each([
    ['a page of another origin', { traceparent, origin: 'https://evil.example' }],
    ['nobody knows whom', { traceparent }],
    [
      'a page of ours that made it up',
      { traceparent: '00-11111111111111111111111111111111-1-01', 'sec-fetch-site': 'same-origin' },
    ],
  ])('is a new one where it comes from %s', async (_who, headers) => {
    const given: unknown = await idOf(headers)
    expect(given).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    expect(given).not.toBe(TRACE)
  })

  it('[TR-1] stands in the audit entry of what was done', async () => {
    const { login } = await world.db.account.findUniqueOrThrow({
      where: { accountId: place.accounts.visitor },
    })
    const headers = { traceparent, origin: 'http://localhost:3000' }
    const payload = { login, password: BUILT_SECRET }
    await world.app.inject({ method: 'POST', url: '/api/sign-in', headers, payload })
    const entries = await world.db.auditEntry.findMany()
    const own = entries.filter(({ bytes }) => Buffer.from(bytes).toString().includes(TRACE))
    expect(own).toHaveLength(1)
  })
})
