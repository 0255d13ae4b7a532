import type { types } from 'mediasoup-client'
import { nextState } from '@visavis/contract/machine'
import { backOffMs } from './back-off.ts'
import { isPassing, isSignallingError } from './passing-refusals.ts'
import { HEALTH_MOVES, PATIENCE_MS, healthActionFor } from './transport-health.ts'
import type { Health, HealthAction } from './transport-health.ts'

/** Watches one transport and has its ICE restarted when that may help. */
export type TransportWatch = {
  readonly health: () => Health
  readonly linkLost: () => void
  readonly linkBack: () => void
  /** The network or the page woke up: contact that is lost is not waited for. */
  readonly hurry: () => void
  readonly close: () => void
}

export type TransportWatchOptions = {
  readonly transport: Pick<types.Transport, 'on' | 'off' | 'closed' | 'restartIce'>
  /** Asks the SFU for new ICE parameters. */
  readonly restartIce: () => Promise<types.IceParameters>
  /** Called after each change of health; on `lost` the owner makes new transports. */
  readonly onChange: () => void
}

/** Begins to watch. The link is taken to stand; close before or after the transport, as often as you like. */
export function watchTransport(options: TransportWatchOptions): TransportWatch {
  const { transport, onChange } = options
  let health: Health = 'unused'
  let isLinkUp = true
  const patience = createTimer()
  const retry = createTimer()

  const act = (action: HealthAction | null): void => {
    const next = action && nextState(HEALTH_MOVES, health, action)
    if (!next) return
    health = next
    retry.stop()
    patience.start(PATIENCE_MS[health], () => act('loseHope'))
    if (health === 'restarting') void restart(0)
    onChange()
  }
  const restart = async (attempt: number): Promise<void> => {
    try {
      const iceParameters = await options.restartIce()
      if (!transport.closed) await transport.restartIce({ iceParameters })
    } catch (error) {
      if (health !== 'restarting' || !isSignallingError(error)) return
      // A final no means that the SFU has no such transport.
      if (!isPassing(error.code)) {
        act('loseMedia')
        return
      }
      retry.start(backOffMs(attempt), () => void restart(attempt + 1))
    }
  }
  const listener = (state: RTCPeerConnectionState): void => act(healthActionFor(state, isLinkUp))
  transport.on('connectionstatechange', listener)
  return {
    health: () => health,
    linkLost() {
      isLinkUp = false
      act('loseLink')
    },
    linkBack() {
      isLinkUp = true
      act('regainLink')
    },
    hurry: () => act('hurry'),
    close() {
      health = 'lost'
      patience.stop()
      retry.stop()
      transport.off('connectionstatechange', listener)
    },
  }
}

/** One timer that starting again replaces; an undefined delay only stops it. */
function createTimer() {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    start(delayMs: number | undefined, act: () => void): void {
      clearTimeout(timer)
      if (delayMs !== undefined) timer = setTimeout(act, delayMs)
    },
    stop: () => clearTimeout(timer),
  }
}
