import { randomUUID } from 'node:crypto'
import { request } from 'playwright-core'
import type { APIRequestContext } from 'playwright-core'
import { PAGE_HEADER } from '@visavis/contract/terminal-proof'
import { aPageSecret, aSoftwareKey } from '../../support/test-terminals.ts'

type SignIn = { readonly origin: string; readonly login: string; readonly password: string }
type Inmate = { readonly inmateNumber: string; readonly pin: string }

/** Somebody who works over REST, with cookies of their own. */
export type Caller = {
  readonly get: <Answer>(path: string) => Promise<Answer>
  readonly post: <Answer>(path: string, data: unknown) => Promise<Answer>
  readonly close: () => Promise<void>
}

/** A caller that is not signed in; `headers`: what it sends with everything. */
export async function openCaller(
  origin: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Caller> {
  const extraHTTPHeaders = { origin, ...headers }
  const context = await request.newContext({ baseURL: origin, extraHTTPHeaders })
  return {
    get: async (path) => (await answerOf(context, path)) as never,
    post: async (path, data) => (await answerOf(context, path, data)) as never,
    close: () => context.dispose(),
  }
}

async function answerOf(context: APIRequestContext, path: string, data?: unknown) {
  const headers = { 'idempotency-key': randomUUID() }
  const response =
    data === undefined ? await context.get(path) : await context.post(path, { data, headers })
  if (response.ok()) return (await response.json()) as unknown
  throw new Error(`${path}: ${response.status()} ${await response.text()}`)
}

/** An account signed in over REST. */
export async function signedInCaller({ origin, login, password }: SignIn): Promise<Caller> {
  const caller = await openCaller(origin)
  await caller.post('/api/sign-in', { login, password })
  return caller
}

/** The visits office verifies a visitor and says yes to the request. */
export async function approveAtDesk(
  desk: Caller,
  ids: { visitorId: string; requestId: string; inmateId: string },
): Promise<void> {
  const { visitorId, requestId, inmateId } = ids
  const { visitor } = await desk.get<{ visitor: { version: number } }>(`/api/visitors/${visitorId}`)
  const decided = { decision: 'VERIFY', version: visitor.version }
  await desk.post(`/api/visitors/${visitorId}/verification`, decided)
  const asked = `/api/relationship-requests/${requestId}`
  const { version } = await desk.get<{ version: number }>(asked)
  await desk.post(`${asked}/decision`, { decision: 'APPROVE', version, inmateId })
}

/** The inmate says yes to everybody who asks, at a terminal that the code enrols. */
export async function agreeAtTerminal(origin: string, code: string, inmate: Inmate): Promise<void> {
  const key = aSoftwareKey()
  const { secret, pageHash } = aPageSecret()
  const terminal = await openCaller(origin, { [PAGE_HEADER]: secret })
  const { nonce } = await terminal.post<{ nonce: string }>('/api/terminal/nonces', {})
  const proof = key.prove({ nonce, origin }, { purpose: 'ENROL', code, pageHash })
  const { publicKey } = key
  await terminal.post('/api/terminal/enrol', { code, publicKey, pageHash, proof })
  await terminal.post('/api/terminal/desk-sign-in', inmate)
  const { requests } = await terminal.get<{ requests: { relationshipId: string }[] }>(
    '/api/terminal/requests',
  )
  for (const { relationshipId } of requests) {
    const path = `/api/terminal/requests/${relationshipId}/answer`
    await terminal.post(path, { isAccepted: true })
  }
  await terminal.close()
}
