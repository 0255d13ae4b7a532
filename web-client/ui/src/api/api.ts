import type { RouteBody, RouteQuery, RouteReply, routes } from '@visavis/contract/http'
import type { Failure, Result } from '../hooks/use-resource.ts'
import { newTraceparent } from './trace.ts'
import { noteTrouble } from './troubles.ts'

type Routes = typeof routes

/**
 * The routes a client calls, by name. The compiler checks each against the contract, which is imported
 * as a type only: its schemas (and zod) stay out of the browser. `keyed` marks the writes that take an
 * `Idempotency-Key`.
 */
export type PathTable = {
  readonly [Name in keyof Routes]?: PathOf<Routes[Name]>
}

type PathOf<R> = R extends { readonly method: infer Method; readonly path: infer Path }
  ? R extends { readonly isKeyed: true }
    ? readonly [Method, Path, 'keyed']
    : readonly [Method, Path]
  : never

type QueryValues = Readonly<Record<string, string | number | undefined>>

/** What a call carries; `body` is asked for exactly where the route has one. */
export type CallInput<Name extends keyof Routes> = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: RouteQuery<Routes[Name]> extends undefined ? never : QueryValues
  /** Names this write; the same text for each try of one act. Made up for one call if left out. */
  readonly key?: string
} & (Routes[Name] extends { readonly isUpload: true }
  ? { readonly body: Blob }
  : RouteBody<Routes[Name]> extends undefined
    ? { readonly body?: never }
    : { readonly body: RouteBody<Routes[Name]> })

export type Reply<Name extends keyof Routes> = RouteReply<Routes[Name]>

/** Calls a route of the contract. Never rejects: a failure is a code that has words in every catalogue. */
export type CallApi<Known extends keyof Routes> = <Name extends Known>(
  name: Name,
  input: CallInput<Name>,
) => Promise<Result<Reply<Name>>>

/** Long enough for a poor line; after it the page says that the service cannot be reached. */
const TIMEOUT_MS = 15_000
/** A picture of a megabyte over a poor line. */
const UPLOAD_TIMEOUT_MS = 180_000
/** A write with a key may be sent again: the line broke, or somebody is at it already. */
const KEYED_TRIES = 2

type Sent = { readonly url: string; readonly init: Omit<RequestInit, 'signal'> }

/** Gives the headers that a page's calls carry besides, or why none can be made now. */
export type HeadersOf = () => Promise<Result<Readonly<Record<string, string>>>>

const NO_HEADERS: HeadersOf = () => Promise.resolve({ ok: true, data: {} })

/** Makes the caller of a client's routes on the page's own origin, with the cookies it holds. */
export function createApi<const Paths extends PathTable>(
  paths: Paths,
  headersOf: HeadersOf = NO_HEADERS,
): CallApi<keyof Paths & keyof Routes> {
  return async (name, { params = {}, query = {}, body, key }) => {
    const [method, path, kind] = paths[name] as readonly [string, string, 'keyed'?]
    const isKeyed = kind === 'keyed'
    const url = fillPath(path, params) + queryText(query)
    const given = await headersOf()
    if (!given.ok) return given
    const headers = {
      ...{ accept: 'application/json', traceparent: newTraceparent(), ...given.data },
      ...contentType(body),
      ...(isKeyed ? { 'idempotency-key': key ?? crypto.randomUUID() } : {}),
    }
    const init = { method, credentials: 'same-origin' as const, headers, body: bodyOf(body) }
    return send<Reply<typeof name>>({ url, init }, isKeyed ? KEYED_TRIES : 1)
  }
}

async function send<Data>({ url, init }: Sent, tries: number): Promise<Result<Data>> {
  const timeoutMs = init.body instanceof Blob ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) })
    const answer: unknown = await response.json().catch(() => null)
    return response.ok ? { ok: true, data: answer as Data } : failureOf(answer)
  } catch {
    return tries > 1 ? send({ url, init }, tries - 1) : { ok: false, code: 'UNREACHABLE' }
  }
}

function contentType(body: unknown): Record<string, string> {
  if (body === undefined) return {}
  return { 'content-type': body instanceof Blob ? body.type : 'application/json' }
}

function bodyOf(body: unknown): BodyInit | null {
  if (body === undefined) return null
  return body instanceof Blob ? body : JSON.stringify(body)
}

function queryText(query: QueryValues): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

/** Puts values into a path's `:names`, encoded. */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

/** A problem document of the contract: our server's, and nobody else's. */
type Told = Partial<Omit<Failure, 'ok'>> & { readonly requestId?: string }

/** What a problem document says. An answer that is none came from something between us and the server. */
export function failureOf(problem: unknown): Failure {
  if (typeof problem !== 'object' || problem === null || !('code' in problem)) {
    return { ok: false, code: 'UNREACHABLE' }
  }
  const { code, liftsAt, fields, alternatives, report, requestId } = problem as Told
  if (code) noteTrouble(code, requestId)
  return {
    ok: false,
    code: code ?? 'INTERNAL',
    ...(liftsAt === undefined ? {} : { liftsAt }),
    ...(fields ? { fields } : {}),
    ...(alternatives ? { alternatives } : {}),
    ...(report ? { report } : {}),
  }
}
