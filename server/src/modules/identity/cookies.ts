import { fastifyCookie } from '@fastify/cookie'
import type { ActorKind } from './actor.ts'

/** A sign-in of each kind; a browser in which somebody was signed in before; one in the middle of a ceremony. */
export type CookieKind = ActorKind | 'known' | 'browser'

/** The cookie of each kind; one browser may hold all of them. */
const NAMES: Readonly<Record<CookieKind, string>> = {
  account: 'visavis',
  inmate: 'visavis-inmate',
  terminal: 'visavis-terminal',
  known: 'visavis-known',
  browser: 'visavis-browser',
}
const MS_PER_S = 1_000

/** Reads and writes our cookies, in the form that the origin allows. */
export type Cookies = {
  /** The token in a `Cookie` header; null when there is none. */
  readonly read: (header: string | undefined, kind: CookieKind) => string | null
  /** A `Set-Cookie` value that keeps `token` for `lifeMs`. */
  readonly keep: (kind: CookieKind, token: string, lifeMs: number) => string
  /** A `Set-Cookie` value that forgets it. */
  readonly forget: (kind: CookieKind) => string
}

/**
 * Over HTTPS the names carry `__Host-`: the browser then refuses the cookie from any other host and
 * without TLS. A plain http://localhost page could not set such a cookie, so there the prefix is absent.
 */
export function createCookies(isSecure: boolean): Cookies {
  const nameOf = (kind: CookieKind): string => (isSecure ? `__Host-${NAMES[kind]}` : NAMES[kind])
  const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure } as const
  return {
    read: (header, kind) => (header && fastifyCookie.parse(header)[nameOf(kind)]) || null,
    keep: (kind, token, lifeMs) =>
      fastifyCookie.serialize(nameOf(kind), token, {
        ...attributes,
        maxAge: Math.max(0, Math.floor(lifeMs / MS_PER_S)),
      }),
    forget: (kind) => fastifyCookie.serialize(nameOf(kind), '', { ...attributes, maxAge: 0 }),
  }
}
