import type { CommandList } from '@visavis/contract/command'
import { aVisitIn } from '../../access/support/visit-in.ts'
import type { LiveVisit } from '../../live/support/live-visit.ts'
import type { LiveWorld } from '../../live/support/live-world.ts'
import { connectPreflight } from '../../live/support/preflight-client.ts'
import { connectSeat, connectWall } from '../../live/support/socket-client.ts'
import type { SocketClient } from '../../live/support/socket-client.ts'

/** Who plays a step of the script; the newcomer has a visit of their own, at the same facility. */
export type Player = 'visitor' | 'inmate' | 'officer' | 'colleague' | 'tester' | 'newcomer'
type Client = SocketClient<CommandList>

/** What the script knows by now, for its later steps. */
export type Known = Record<string, string>

/** A visit under way with everybody connected, for the script to play on. */
export type SocketStage = Awaited<ReturnType<typeof aSocketStage>>

const NAMESPACES = {
  ...({ visitor: 'visit', inmate: 'visit', newcomer: 'visit' } as const),
  ...({ officer: 'wall', colleague: 'wall', tester: 'preflight' } as const),
}

export async function aSocketStage(world: LiveWorld, live: LiveVisit) {
  const { people, wall, visitor, inmate } = live
  const { visitId, facilityId, visitorSeatId, cookies } = people
  const fresh = await aVisitIn(world, 'own', people)
  const colleague = await connectWall(world, cookies.secondOfficer)
  await colleague.call('open', { facilityId })
  const tester = await connectPreflight(world, cookies.visitor)
  const newcomer = await connectSeat(world, fresh.cookies.visitor)
  // Each speaks its own commands; the script says which.
  const clients: Readonly<Record<Player, Client>> = {
    ...{ visitor, inmate, newcomer },
    ...{ officer: wall, colleague, tester },
  }
  const known: Known = {
    ...{ visitId, facilityId, seatId: visitorSeatId },
    ...{ freshVisitId: fresh.visitId, freshSeatId: fresh.visitorSeatId },
  }
  return {
    ...{ live, known, world },
    clientOf: (player: Player) => clients[player],
    namespaceOf: (player: Player) => NAMESPACES[player],
    close: () => [colleague, tester, newcomer].forEach((client) => client.close()),
  }
}
