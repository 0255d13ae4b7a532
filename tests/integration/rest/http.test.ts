import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem, routes } from '@visavis/contract/http'
import { createDatabase } from '@visavis/prisma'
import { isDatabaseGone } from '../../../server/src/platform/database-gone.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'
import { anEnrolment } from './support/enrolment-code.ts'

let world: RestWorld
let folder: string
let served: FastifyInstance

beforeAll(async () => {
  world = await aRestWorld()
  folder = await mkdtemp(join(tmpdir(), 'visavis-clients-'))
  const clients = { web: join(folder, 'web'), kiosk: join(folder, 'kiosk') }
  for (const [name, path] of Object.entries(clients)) {
    await mkdir(join(path, 'assets'), { recursive: true })
    await writeFile(join(path, 'index.html'), `<title>${name}</title>`)
    await writeFile(join(path, 'assets', `${name}-a1b2c3.js`), `// ${name}`)
  }
  served = await world.another({}, { clients })
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

const signIn = (headers: Record<string, string>, payload: string | object = {}) =>
  world.app.inject({ method: 'POST', url: '/api/sign-in', headers, payload })
const JSON_BODY = { 'content-type': 'application/json' }

describe('a refusal', () => {
  it.each([
    ['unknown address', { url: '/api/nothing' }, 404, 'NOT_FOUND'],
    ['unknown address in the API itself', { url: '/api' }, 404, 'NOT_FOUND'],
    ['broken escape in an address', { url: '/api/%E0%A4%A' }, 400, 'BAD_REQUEST'],
    ['nobody signed in', { url: '/api/me' }, 401, 'NOT_SIGNED_IN'],
  ])('is a problem document: %s', async (...[, request, status, code]) => {
    const answer = await world.app.inject({ ...request, headers: { accept: 'text/html' } })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(Problem.parse(answer.json())).toMatchObject({ status, code })
  })

  it('of input names every field and its cure', async () => {
    const answer = await signIn({}, { login: 7, extra: true })
    const { fields } = Problem.parse(answer.json())
    expect(fields?.map(({ field }) => field)).toEqual(['login', 'password', '(body)'])
    expect(fields?.every(({ cure }) => cure.length > 0)).toBe(true)
  })

  it.each([
    ['no JSON', '{"login":', 400, 'BAD_REQUEST'],
    ['an oversized body', JSON.stringify({ login: 'x'.repeat(70_000) }), 413, 'MESSAGE_TOO_LARGE'],
  ])('answers %s', async (...[, payload, status, code]) => {
    const answer = await signIn(JSON_BODY, payload)
    expect(Problem.parse(answer.json())).toMatchObject({ status, code })
  })

  it('answers a body of another type', async () => {
    const answer = await signIn({ 'content-type': 'text/plain' }, 'login=me')
    expect(Problem.parse(answer.json())).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  })
})

describe('a page of another origin', () => {
  it.each([
    'https://evil.example',
    'null',
    'http://localhost.evil.example:3000',
    'http://localhost:81',
  ])('cannot make %s act for its visitor', async (origin) => {
    const answer = await signIn({ origin })
    expect(Problem.parse(answer.json())).toMatchObject({ status: 403, code: 'ORIGIN_REFUSED' })
  })

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000'])('is not %s', async (origin) => {
    expect((await signIn({ origin })).json()).toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('may be this machine only where the public origin is', async () => {
    const app = await world.another({ publicOrigin: 'https://visits.example.org', isSecure: true })
    const headers = { origin: 'https://localhost:3000' }
    const answer = await app.inject({ method: 'POST', url: '/api/sign-in', headers, payload: {} })
    expect(answer.json()).toMatchObject({ code: 'ORIGIN_REFUSED' })
  })
})

describe('tries', () => {
  it('are limited per address, and a home’s IPv6 network counts as one', async () => {
    const code = async (remoteAddress: string) => {
      const { payload } = await anEnrolment(world.app, 'WRONG-CODE')
      const url = '/api/terminal/enrol'
      const answer = await world.app.inject({ method: 'POST', url, remoteAddress, payload })
      return Problem.parse(answer.json())
    }
    const addresses = Array.from({ length: 11 }, (_, index) => `2001:db8:1:2::${index + 1}`)
    const problems = []
    for (const address of addresses) problems.push(await code(address))
    expect(problems.slice(0, 10).every((one) => one.code === 'ENROLMENT_CODE_REFUSED')).toBe(true)
    expect(problems[10]).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' })
    expect(Date.parse(problems[10]?.liftsAt ?? '')).toBeGreaterThan(Date.now())
    expect(await code('2001:db8:1:3::1')).toMatchObject({ code: 'ENROLMENT_CODE_REFUSED' })
  })
})

describe('headers', () => {
  it('pin no transport where a browser would then refuse plain local pages', async () => {
    const { headers } = await served.inject({ url: '/', headers: { accept: 'text/html' } })
    expect(headers['content-security-policy']).toContain("connect-src 'self' ws://localhost:3000")
    expect(headers['strict-transport-security']).toBeUndefined()
  })

  it('keep answers of the API out of every cache', async () => {
    const { headers } = await world.app.inject({ url: '/api/me' })
    expect(headers['cache-control']).toBe('no-store')
  })
})

describe('OpenAPI', () => {
  it('lists every route of the contract, with its refusals', async () => {
    const answer = await world.app.inject({ url: '/api/docs/json' })
    type Operation = { operationId?: string; responses: Record<string, { description: string }> }
    const { paths } = answer.json<{ paths: Record<string, Record<string, Operation>> }>()
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
    const names = operations.flatMap(({ operationId }) => operationId ?? [])
    expect(names.toSorted()).toEqual(Object.keys(routes).toSorted())
    // Nothing is bound that the contract, and so the matrix of who may call what, does not know.
    expect(operations).toHaveLength(names.length)
    const openPlay = operations.find(({ operationId }) => operationId === 'openPlay')
    expect(openPlay?.responses['422']?.description).toBe('PURPOSE_REQUIRED')
  })

  it('is readable at /api/docs', async () => {
    const answer = await world.app.inject({ url: '/api/docs/' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toContain('text/html')
  })
})

describe('the clients', () => {
  const page = (url: string) => served.inject({ url, headers: { accept: 'text/html' } })

  it('are served each at its address, with every page address of theirs', async () => {
    for (const url of ['/', '/visits/some', '/recordings']) {
      expect((await page(url)).body).toBe('<title>web</title>')
    }
    for (const url of ['/terminal/', '/terminal/call']) {
      expect((await page(url)).body).toBe('<title>kiosk</title>')
    }
    expect((await page('/terminal')).headers['location']).toBe('/terminal/')
  })

  it('keep hashed files for ever, and pages not at all', async () => {
    const asset = await served.inject({ url: '/assets/web-a1b2c3.js' })
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await page('/')).headers['cache-control']).toBe('no-store')
    expect((await page('/visits/some')).headers['cache-control']).toBe('no-store')
  })

  it('never give a page for a missing file', async () => {
    const answer = await served.inject({ url: '/assets/gone.js', headers: { accept: '*/*' } })
    expect(answer.statusCode).toBe(404)
  })

  it('say how to build them where they are missing', async () => {
    const clients = { web: join(folder, 'none'), kiosk: join(folder, 'none') }
    const app = await world.another({}, { clients })
    const answer = await app.inject({ url: '/', headers: { accept: 'text/html' } })
    expect(answer.statusCode).toBe(503)
    expect(answer.body).toContain('npm start')
  })
})

describe('health', () => {
  it('tells that the process lives and that all it needs is there', async () => {
    expect((await world.app.inject({ url: '/healthz' })).json()).toEqual({ ok: true })
    const ready = await world.app.inject({ url: '/readyz' })
    expect(ready.statusCode).toBe(200)
    expect(ready.json()).toMatchObject({ ok: true, database: true })
  })

  it('tells a lost database, and requests are refused with a fault, not a text', async () => {
    // Port 9 (discard) is not listened on.
    const db = createDatabase('postgresql://nobody@127.0.0.1:9/none')
    const app = await world.another({}, { db })
    const ready = await app.inject({ url: '/readyz' })
    expect(ready.statusCode).toBe(503)
    expect(ready.json()).toMatchObject({
      ok: false,
      database: false,
      reasons: ['DATABASE_UNREACHABLE'],
    })
    expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200)
    const me = await app.inject({ url: '/api/me', headers: { cookie: 'visavis=x' } })
    expect(Problem.parse(me.json())).toMatchObject({ status: 503, code: 'DEPENDENCY_FAILED' })
    await db.$disconnect()
  })

  it('knows a database that ends the connection in the middle of a query', async () => {
    const ended = world.db.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`
    const error: unknown = await ended.catch((thrown: unknown) => thrown)
    expect(isDatabaseGone(error)).toBe(true)
  })

  it('tells a media node or recorder that is not reachable', async () => {
    const attachLive = async () => ({
      health: () => ({
        mediaNodes: [{ url: 'http://127.0.0.1:4100', isReady: false }],
        recorders: [],
      }),
      close: async () => undefined,
    })
    const app = await world.another({}, { attachLive })
    const ready = await app.inject({ url: '/readyz' })
    expect(ready.statusCode).toBe(503)
    expect(ready.json()).toMatchObject({
      database: true,
      mediaNodes: [{ isReady: false }],
      reasons: ['MEDIA_NODE_UNREACHABLE'],
    })
  })
})
