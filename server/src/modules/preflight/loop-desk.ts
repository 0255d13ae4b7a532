import { randomUUID } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import type { LoopTrackFigures } from '@visavis/contract/loop-control'
import type { Clock } from '@visavis/platform/clock'
import { turnServers } from '../../platform/turn.ts'
import type { IceServer, TurnConfig } from '../../platform/turn.ts'
import type { LoopHandle, Loops } from '../rooms/index.ts'

/** As long as a loop lives. */
const RELAY_LIFE_MS = 60_000

/** The loops of this server's sign-ins. */
export type LoopDesk = ReturnType<typeof createLoopDesk>
/** Whose loop: a sign-in's or a terminal's, on one of its sockets. */
export type LoopHolder = { readonly holderId: string; readonly socketId: string }

type Held = LoopHandle & { readonly socketId: string }

/** One loop for each sign-in, the newest; closed when its socket goes. */
export function createLoopDesk(deps: {
  readonly loops: Loops
  readonly turn: TurnConfig | null
  readonly clock: Clock
}) {
  const held = new Map<string, Held>()
  const close = async (holderId: string): Promise<readonly LoopTrackFigures[]> => {
    const loop = held.get(holderId)
    held.delete(holderId)
    if (!loop) return []
    // A node that is gone has counted nothing.
    return loop.close().then(
      ({ tracks }) => tracks,
      () => [],
    )
  }
  return {
    async open({ holderId, socketId }: LoopHolder): Promise<Held & { iceServers: IceServer[] }> {
      await close(holderId)
      const loopId = randomUUID()
      const loop: Held = { socketId, ...(await deps.loops.open(loopId)) }
      held.set(holderId, loop)
      const until = new Date(deps.clock.now().getTime() + RELAY_LIFE_MS)
      return { ...loop, iceServers: turnServers(deps.turn, { seatId: loopId, until }) }
    },
    /** The loop of this very socket; another page's is no business of it. */
    of({ holderId, socketId }: LoopHolder): LoopHandle {
      const loop = held.get(holderId)
      if (loop?.socketId !== socketId) throw new Refusal('NOT_JOINED')
      return loop
    },
    /** Closes the socket's loop, if it still has one; what the SFU counted of it. */
    async close({ holderId, socketId }: LoopHolder): Promise<readonly LoopTrackFigures[]> {
      return held.get(holderId)?.socketId === socketId ? close(holderId) : []
    },
  }
}
