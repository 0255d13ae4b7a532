import type { Logger } from '@visavis/platform/log'
import { listen } from '@visavis/prisma'
import type { Listening } from '@visavis/prisma'
import { PREFLIGHT_NAMESPACE } from '@visavis/contract/preflight-socket'
import { VISIT_NAMESPACE } from '@visavis/contract/visit-socket'
import { WALL_NAMESPACE } from '@visavis/contract/wall-socket'
import type { DefaultEventsMap, Server, Socket } from 'socket.io'
import { SIGN_IN_OVER_CHANNEL } from './modules/identity/index.ts'

/** What a socket of ours knows of its sign-in; a seat's is told when it is over, so that nothing is kept for it. */
type SignInSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SignInData>
type SignInData = { authSessionId?: string; holderId?: string; isSignedOut?: boolean }

const NAMESPACES = [VISIT_NAMESPACE, WALL_NAMESPACE, PREFLIGHT_NAMESPACE]

/**
 * TR-3. Hears, from whichever server or hand made the change, that a sign-in is over or has another token,
 * and closes its sockets: with them a wall's observers, a loop, and, where the sign-in is over, the media of
 * its seat. Where only the token is new, the page comes back with it by itself and its media stands.
 */
export function hearSignInsOver(parts: {
  readonly url: string
  readonly io: Server
  /** Of these sign-ins those that are over. */
  readonly overOf: (authSessionIds: readonly string[]) => Promise<ReadonlySet<string>>
  readonly log: Logger
}): Promise<Listening> {
  const { url, io, overOf, log } = parts
  const cut = async (authSessionId: string): Promise<void> => {
    const sockets = socketsOf(io).filter((socket) => signInOf(socket) === authSessionId)
    if (sockets.length === 0) return
    const over = await overOf([authSessionId])
    for (const socket of sockets) close(socket, over.has(authSessionId))
    log.info(
      { sockets: sockets.length, isOver: over.has(authSessionId) },
      'sign-in cut from sockets',
    )
  }
  const cutMissed = async (): Promise<void> => {
    const ids = socketsOf(io).flatMap((socket) => signInOf(socket) ?? [])
    for (const authSessionId of await overOf([...new Set(ids)])) await cut(authSessionId)
  }
  const failed = (error: unknown): void => log.error({ err: error }, 'a sign-in was not cut')
  return listen({
    url,
    channel: SIGN_IN_OVER_CHANNEL,
    onMessage: (authSessionId) => void cut(authSessionId).catch(failed),
    onReconnected: () => void cutMissed().catch(failed),
    onLost: (error) => log.warn({ err: error }, 'ends of sign-ins are not heard for now'),
  })
}

function socketsOf(io: Server): SignInSocket[] {
  return NAMESPACES.flatMap((name) => [...io.of(name).sockets.values()] as SignInSocket[])
}

function signInOf({ data }: SignInSocket): string | null {
  return data.authSessionId ?? data.holderId ?? null
}

function close(socket: SignInSocket, isOver: boolean): void {
  socket.data.isSignedOut = isOver
  socket.disconnect(true)
}
