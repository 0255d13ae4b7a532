import { X509Certificate } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PAGE_HEADER } from '@visavis/contract/terminal-proof'
import { createCleanUp } from '../../support/clean-up.ts'
import { aCodeFor, anEnrolment } from '../rest/support/enrolment-code.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aTlsProxy, anAuthority, callBy } from './client-certificates.ts'
import type { Pair } from './client-certificates.ts'

const HEADER = 'client-cert'
const REFUSED = { status: 401, code: 'TERMINAL_PROOF_REFUSED' }

const cleanUp = createCleanUp()
let world: RestWorld
let place: Place
let port: number
let own: Pair
let another: Pair
let stranger: Pair

beforeAll(async () => {
  world = cleanUp.later(await aRestWorld(), (each) => each.close())
  place = await aPlace(world)
  const terminalCertHeader = HEADER
  const app = await world.another({ terminalCertHeader, trustedProxies: ['127.0.0.1'] })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const authority = cleanUp.later(await anAuthority(), (each) => each.close())
  const elsewhere = cleanUp.later(await anAuthority(), (each) => each.close())
  own = await authority.sign('terminal-1')
  another = await authority.sign('terminal-2')
  stranger = await elsewhere.sign('terminal-1')
  const to = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const ca = authority.itself.cert
  const proxy = await aTlsProxy({ own: await authority.sign('proxy'), ca, to, header: HEADER })
  cleanUp.later(proxy, (each) => each.close())
  ;({ port } = proxy)
})
afterAll(cleanUp.run)

const post = (pair: Pair | null, path: string, payload: object) =>
  callBy(port, pair, { method: 'POST', path, payload })

describe('[TR-5] terminals behind a proxy that asks for client certificates', () => {
  it('enrol with one and are bound to it; without it, or with another’s, they are nobody', async () => {
    const code = await aCodeFor(world, place.terminalId)
    for (const pair of [null, stranger]) {
      const { payload } = await anEnrolment(world.app, code)
      expect((await post(pair, '/api/terminal/enrol', payload)).body).toMatchObject(REFUSED)
    }
    const device = await anEnrolment(world.app, code)
    const enrolled = await post(own, '/api/terminal/enrol', device.payload)
    expect(enrolled.status).toBe(200)
    const headers = { cookie: enrolled.cookie, [PAGE_HEADER]: device.secret }
    const info = (pair: Pair | null, more: Record<string, string> = {}) =>
      callBy(port, pair, { method: 'GET', path: '/api/terminal', headers: { ...headers, ...more } })
    expect((await info(own)).status).toBe(200)
    const claimed = `:${new X509Certificate(own.cert).raw.toString('base64')}:`
    for (const pair of [null, another, stranger]) {
      expect((await info(pair)).body).toMatchObject({ code: 'TERMINAL_PROOF_REQUIRED' })
      // What a caller says of itself never comes through.
      expect((await info(pair, { [HEADER]: claimed })).status).toBe(401)
    }
    expect((await info(own)).status).toBe(200)
  })

  it('drop the header of whoever is no trusted proxy', async () => {
    const proxies = { terminalCertHeader: HEADER, trustedProxies: ['192.0.2.7'] }
    const app = await world.another(proxies)
    const { payload } = await anEnrolment(world.app, await aCodeFor(world, place.terminalId))
    const claimed = `:${new X509Certificate(own.cert).raw.toString('base64')}:`
    const answer = await app.inject({
      ...{ method: 'POST', url: '/api/terminal/enrol', payload, headers: { [HEADER]: claimed } },
      remoteAddress: '10.3.0.1',
    })
    expect(answer.json()).toMatchObject(REFUSED)
    const trusted = await app.inject({
      ...{ method: 'POST', url: '/api/terminal/enrol', headers: { [HEADER]: claimed } },
      payload: (await anEnrolment(world.app, payload.code)).payload,
      remoteAddress: '192.0.2.7',
    })
    expect(trusted.statusCode).toBe(200)
  })

  it('read nginx’s form of a certificate as well', async () => {
    const app = await world.another({ terminalCertHeader: HEADER, trustedProxies: ['10.4.0.0/16'] })
    const { payload } = await anEnrolment(world.app, await aCodeFor(world, place.terminalId))
    const answer = await app.inject({
      ...{ method: 'POST', url: '/api/terminal/enrol', payload, remoteAddress: '10.4.0.1' },
      headers: { [HEADER]: encodeURIComponent(another.cert.toString()) },
    })
    expect(answer.statusCode).toBe(200)
    const { terminalId } = place
    const key = await world.db.terminalKey.findFirst({ where: { terminalId, endedAt: null } })
    const { fingerprint256 } = new X509Certificate(another.cert)
    expect(key?.certificateSha256).toBe(fingerprint256.replaceAll(':', '').toLowerCase())
  })
})
