import { setTimeout as pause } from 'node:timers/promises'
import { aVisitWithPeople, bothInLobby } from '../integration/live/support/live-people.ts'
import type { LiveWorld } from '../integration/live/support/live-world.ts'
import { connectWall } from '../integration/live/support/socket-client.ts'
import type { SeatClient, WallClient } from '../integration/live/support/socket-client.ts'

type Reply = { readonly ok: boolean; readonly code?: string }

/** Only a server that has lost a message takes so long, even on a busy machine. */
const PATIENCE_MS = 60_000
/** About what a wall and two seats send, and no more than any of them may. */
const PAUSE_MS = 20

/** People of a visit and their officer, who go on as ever while others send nonsense. */
export type Legitimate = {
  /** How long each answer took, in milliseconds. */
  readonly tookMs: readonly number[]
  /** What went wrong, in words. */
  readonly troubles: readonly string[]
  /** Ends it; their sockets close. */
  readonly stop: () => Promise<void>
}

/** Begins to send ordinary commands, one after the other, each waiting for its answer. */
export async function ordinaryLife(world: LiveWorld): Promise<Legitimate> {
  const people = await aVisitWithPeople(world)
  const { visitor, inmate } = await bothInLobby(world, people)
  const wall = await connectWall(world, people.cookies.officer)
  await wall.call('open', { facilityId: people.facilityId })
  const away = { isAway: false, camera: 'ON', microphone: 'ON', face: null } as const
  const watched = { visitIds: [people.visitId], focusVisitId: null }
  const acts: readonly (() => Promise<Reply>)[] = [
    () => ask(visitor, 'link:check', {}),
    () => ask(inmate, 'link:check', {}),
    () => ask(wall, 'wall:beat', {}),
    () => ask(visitor, 'seat:report', away),
    () => ask(wall, 'wall:watch', watched),
    () => ask(inmate, 'seat:report', away),
    () => ask(wall, 'wall:colleagues', {}),
    () => ask(visitor, 'seat:join', { visitId: people.visitId, holdingEpoch: null }),
  ]
  const tookMs: number[] = []
  const troubles: string[] = []
  let isOver = false
  const clients = { visitor, inmate, wall }
  for (const [who, { socket }] of Object.entries(clients)) {
    socket.on('disconnect', (why) => isOver || troubles.push(`${who} was cut off: ${why}`))
  }
  const act = async (at: number): Promise<void> => {
    const startedMs = performance.now()
    const reply = await acts[at % acts.length]?.()
    tookMs.push(performance.now() - startedMs)
    if (reply?.ok !== true) troubles.push(`act ${at % acts.length} met ${reply?.code ?? 'nothing'}`)
  }
  const live = async (): Promise<void> => {
    for (let at = 0; !isOver; at += 1) {
      await act(at).catch((error: unknown) => void troubles.push(String(error)))
      await pause(PAUSE_MS)
    }
  }
  const living = live()
  return {
    tookMs,
    troubles,
    stop: async () => {
      isOver = true
      await living
      for (const client of Object.values(clients)) client.close()
    },
  }
}

/** The answer of the server, whatever it is; rejects when none comes. */
function ask({ socket }: SeatClient | WallClient, event: string, payload: object): Promise<Reply> {
  const envelope = { requestId: crypto.randomUUID(), payload }
  return socket.timeout(PATIENCE_MS).emitWithAck(event, envelope)
}
