import type { LightMyRequestResponse } from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Me, PasskeyCreation, PasskeyRequest } from '@visavis/contract/http'
import { BUILT_SECRET } from '@visavis/prisma/seed'
import type { Authenticator, Misbehaviour } from '../../support/software-authenticator.ts'

/** The origin of the pages that tests speak for. */
export const ORIGIN = 'http://localhost:3000'

/** A browser with its cookies, at one address. */
export type Browser = {
  readonly call: (method: string, url: string, payload?: object) => Promise<LightMyRequestResponse>
  /** The `Cookie` header that it would send now. */
  readonly cookie: () => string
  readonly address: string
}

let addresses = 0

/** A browser of its own, at an address of its own unless another is given. */
export function aBrowser(app: FastifyInstance, address = newAddress()): Browser {
  const jar = new Map<string, string>()
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    address,
    cookie,
    call: async (method, url, payload) => {
      const answer = await app.inject({
        method: method as 'POST',
        url,
        remoteAddress: address,
        headers: {
          cookie: cookie(),
          'idempotency-key': crypto.randomUUID(),
          'user-agent': FIREFOX,
        },
        ...(payload === undefined ? {} : { payload }),
      })
      for (const { name, value } of answer.cookies) {
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      return answer
    },
  }
}

const FIREFOX = 'Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0'

function newAddress(): string {
  addresses += 1
  return `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`
}

/** What an answer came to: its refusal, or that it was none. */
export function codeOf(answer: LightMyRequestResponse): string {
  return answer.statusCode === 200 ? 'OK' : answer.json<{ code: string }>().code
}

export const stageOf = (answer: LightMyRequestResponse): string => answer.json<Me>().signIn.stage

export function byPassword(browser: Browser, login: string, password = BUILT_SECRET) {
  return browser.call('POST', '/api/sign-in', { login, password })
}

/** Adds the authenticator's passkey to whoever is signed in. */
export async function addPasskey(browser: Browser, authenticator: Authenticator) {
  const options = await browser.call('POST', '/api/my/passkeys/creation')
  if (options.statusCode !== 200) return options
  const credential = authenticator.create(options.json<PasskeyCreation>())
  return browser.call('POST', '/api/my/passkeys', { name: 'Telephone', credential })
}

/** Signs in by passkey, with what a test wants of it otherwise. */
export async function byPasskey(
  browser: Browser,
  authenticator: Authenticator,
  otherwise: Misbehaviour = {},
) {
  const options = await browser.call('POST', '/api/sign-in/passkey/request')
  const credential = authenticator.answer(options.json<PasskeyRequest>(), otherwise)
  return browser.call('POST', '/api/sign-in/passkey', { credential })
}

/** Proves anew by passkey who it is. */
export async function proveByPasskey(browser: Browser, authenticator: Authenticator) {
  const asked = await browser.call('POST', '/api/my/proof/request')
  const { passkey } = asked.json<{ passkey: PasskeyRequest }>()
  const credential = authenticator.answer(passkey)
  return browser.call('POST', '/api/my/proof', { kind: 'PASSKEY', credential })
}
