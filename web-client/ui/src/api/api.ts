import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import type { Result } from '../hooks/use-resource.ts'
import type { FailureCode } from '../i18n/use-error-words.ts'

type Routes = typeof routes

/**
 * The routes a client calls, by name. The compiler checks each against the contract, which is imported
 * as a type only: its schemas (and zod) stay out of the browser.
 */
export type PathTable = {
  readonly [Name in keyof Routes]?: readonly [Routes[Name]['method'], Routes[Name]['path']]
}

/** What a call carries; `body` is asked for exactly where the route has one. */
export type CallInput<Name extends keyof Routes> = {
  readonly params?: Readonly<Record<string, string>>
} & (RouteBody<Routes[Name]> extends undefined
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
const JSON_BODY = { 'content-type': 'application/json' }

/** Makes the caller of a client's routes on the page's own origin, with the cookies it holds. */
export function createApi<const Paths extends PathTable>(
  paths: Paths,
): CallApi<keyof Paths & keyof Routes> {
  return async (name, { params = {}, body }) => {
    const [method, path] = paths[name] as readonly [string, string]
    try {
      const response = await fetch(fillPath(path, params), {
        method,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { accept: 'application/json', ...(body ? JSON_BODY : {}) },
        body: body ? JSON.stringify(body) : null,
      })
      const answer: unknown = await response.json().catch(() => null)
      return response.ok ? { ok: true, data: answer as Reply<typeof name> } : failureOf(answer)
    } catch {
      return { ok: false, code: 'UNREACHABLE' }
    }
  }
}

/** Puts values into a path's `:names`, encoded. */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

/** What a problem document says. An answer that is none came from something between us and the server. */
export function failureOf(problem: unknown): Result<never> {
  if (typeof problem !== 'object' || problem === null || !('code' in problem)) {
    return { ok: false, code: 'UNREACHABLE' }
  }
  const code = typeof problem.code === 'string' ? (problem.code as FailureCode) : 'INTERNAL'
  const hasLift = 'liftsAt' in problem && typeof problem.liftsAt === 'string'
  return { ok: false, code, ...(hasLift ? { liftsAt: problem.liftsAt as string } : {}) }
}
