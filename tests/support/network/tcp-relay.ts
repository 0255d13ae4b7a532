import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import type { Place } from './udp-relay.ts'

/** Carries TCP connections to one port. */
export type TcpRelay = {
  /** Ends every connection as a router does that was switched off and on. */
  readonly reset: () => void
  /** While cut, connections end at once and no other comes to be. */
  readonly cut: (isCut: boolean) => void
  /** While dark, nothing comes through and nobody is told; afterwards it goes on where it stopped. */
  readonly darken: (isDark: boolean) => void
  readonly close: () => void
}

type Pair = { readonly near: Socket; readonly far: Socket }

/** Listens at `at`; each connection there becomes one to `target`. */
export async function openTcpRelay(at: Place, target: Place): Promise<TcpRelay> {
  const pairs = new Set<Pair>()
  const state = { isCut: false, isDark: false }
  const server = createServer((near) => {
    near.on('error', () => undefined)
    if (state.isCut) near.resetAndDestroy()
    else relay(near)
  })
  const relay = (near: Socket): void => {
    const far = connect(target.port, target.address)
    const pair = { near, far }
    pairs.add(pair)
    near.setNoDelay()
    far.setNoDelay()
    join(pair, () => pairs.delete(pair))
    if (state.isDark) hold(pair)
  }
  const reset = (): void => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }
  server.listen(at.port, at.address)
  await once(server, 'listening')
  return {
    reset,
    cut(isCut) {
      state.isCut = isCut
      if (isCut) reset()
    },
    darken(isDark) {
      state.isDark = isDark
      for (const pair of pairs) (isDark ? hold : letGo)(pair)
    },
    close() {
      server.close()
      reset()
    },
  }
}

function join({ near, far }: Pair, onEnd: () => void): void {
  near.pipe(far)
  far.pipe(near)
  const end = (): void => {
    near.destroy()
    far.destroy()
    onEnd()
  }
  for (const socket of [near, far]) socket.on('error', end).on('close', end)
}

function hold({ near, far }: Pair): void {
  near.unpipe(far).pause()
  far.unpipe(near).pause()
}

function letGo({ near, far }: Pair): void {
  near.pipe(far)
  far.pipe(near)
}
