import { createHmac } from 'node:crypto'

/** A relay for browsers that reach nothing but TLS on port 443, and the secret it shares with us. */
export type TurnConfig = { readonly urls: readonly string[]; readonly secret: string }

/** An ICE server as browsers take it. */
export type IceServer = {
  readonly urls: string[]
  readonly username: string
  readonly credential: string
}

/**
 * Credentials of coturn's `use-auth-secret` (the TURN REST API): they name nobody but a seat, and are
 * worth nothing after `until`. Never log them.
 */
export function turnServers(
  turn: TurnConfig | null,
  { seatId, until }: { readonly seatId: string; readonly until: Date },
): IceServer[] {
  if (!turn) return []
  const username = `${Math.ceil(until.getTime() / 1_000)}:${seatId}`
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64')
  return [{ urls: [...turn.urls], username, credential }]
}
