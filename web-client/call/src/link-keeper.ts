import type { Socket } from 'socket.io-client'
import type { ErrorCode } from '@visavis/contract/errors'
import { backOffMs } from './back-off.ts'
import { isPassing, knownCode } from './passing-refusals.ts'
import { watchForWakes } from './wake-watch.ts'

/** A link that does not answer for so long after a wake is taken for dead, long before its own heartbeat. */
const PROBE_MS = 2_000

export type LinkListeners = {
  /** Called at each (re)connection; a new connection knows nothing of the one before. */
  readonly onConnected: () => void
  readonly onLost: () => void
  /** The server does not let this sign-in in at all; no further try is made. */
  readonly onRefused: (code: ErrorCode) => void
  /** Something of the network may have changed, whether or not the link has noticed. */
  readonly onWake?: () => void
}

export type LinkKeeperOptions = {
  readonly socket: Socket
  readonly listeners: LinkListeners
  /** Resolves if the other end answers; whatever it says. Without it a link is believed to stand. */
  readonly probe: ((patienceMs: number) => Promise<void>) | null
  readonly watchWakes?: (onWake: () => void) => () => void
}

type ConnectError = Error & { readonly data?: { readonly code?: unknown } }

/**
 * Connects again after every loss, with the back-off of LV-8, and at once whenever the network wakes.
 * Gives back the way to stop.
 */
export function keepLinkUp(options: LinkKeeperOptions): () => void {
  const { socket, listeners, probe, watchWakes = watchForWakes } = options
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const connectNow = (): void => {
    clearTimeout(timer)
    // An attempt that began inside the outage is not waited for.
    socket.disconnect().connect()
  }
  const connectLater = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => socket.connect(), backOffMs(tries))
    tries += 1
  }
  const onWake = (): void => {
    listeners.onWake?.()
    if (!socket.connected) connectNow()
    else probe?.(PROBE_MS).catch(() => socket.connected && connectNow())
  }
  const onRejected = (error: ConnectError): void => {
    const code = knownCode(error.data?.code) ?? knownCode(error.message) ?? 'INTERNAL'
    if (isPassing(code)) connectLater()
    else listeners.onRefused(code)
  }
  socket.on('connect', () => {
    tries = 0
    listeners.onConnected()
  })
  socket.on('disconnect', () => {
    listeners.onLost()
    connectLater()
  })
  // Still active: the network failed. Else the server spoke, and its word may be final.
  socket.on('connect_error', (error: ConnectError) =>
    socket.active ? connectLater() : onRejected(error),
  )
  const stopWatching = watchWakes(onWake)
  return () => {
    stopWatching()
    clearTimeout(timer)
    socket.off()
  }
}
