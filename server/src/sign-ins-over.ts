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

/** How long a sign-in that expired, or went idle, keeps its sockets at most: nobody tells of that. */
const SWEEP_EVERY_MS = 2_000

/**
 * TR-3. Hears, from whichever server or hand made the change, that a sign-in is over or has another token,
 * and closes its sockets: with them a wall's observers, a loop, and, where the sign-in is over, the media of
 * its seat. Where only the token is new, the page comes back with it by itself and its media stands. What time
 * alone ends, or nobody told, is found by looking.
 */
export async function hearSignInsOver(parts: {
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
    if (ids.length === 0) return
    for (const authSessionId of await overOf([...new Set(ids)])) await cut(authSessionId)
  }
  const failed = (error: unknown): void => log.error({ err: error }, 'a sign-in was not cut')
  const listening = await listen({
    url,
    channel: SIGN_IN_OVER_CHANNEL,
    onMessage: (authSessionId) => void cut(authSessionId).catch(failed),
    onReconnected: () => void cutMissed().catch(failed),
    onLost: (error) => log.warn({ err: error }, 'ends of sign-ins are not heard for now'),
  })
  const sweep = keepLooking(cutMissed, failed)
  return { close: () => (sweep.stop(), listening.close()) }
}

/** Looks again and again, never twice at once; a database that is away is not told of each time. */
function keepLooking(look: () => Promise<void>, failed: (error: unknown) => void) {
  let isLooking = false
  let hasFailed = false
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    look()
      .then(() => (hasFailed = false))
      .catch((error: unknown) => {
        if (!hasFailed) failed(error)
        hasFailed = true
      })
      .finally(() => (isLooking = false))
  }, SWEEP_EVERY_MS)
  return { stop: (): void => clearInterval(timer) }
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
