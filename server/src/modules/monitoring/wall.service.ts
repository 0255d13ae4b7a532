import { Refusal } from '@visavis/contract/errors'
import type { DataOf, PayloadOf } from '@visavis/contract/command'
import type { wallCommands } from '@visavis/contract/wall-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { DateTime } from 'luxon'
import { createSerialQueue } from '../../platform/serial-queue.ts'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf, requireFacility } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Rooms } from '../rooms/index.ts'
import type { LiveVisits, VisitRecord } from '../visits/index.ts'
import type { MonitoringRepo } from './monitoring.repo.ts'
import {
  MAX_OBSERVERS,
  affectedVisits,
  beginnings,
  watchingNothing,
  whyNotWatch,
} from './observer-rules.ts'
import type { Watching } from './observer-rules.ts'
import type { WallTiles } from './wall-tiles.ts'
import type { Wall, Walls, WallSocket } from './walls.ts'

type Commands = typeof wallCommands
/** An officer's request, as every handler gets it. */
export type OfficerCause = { readonly actor: AccountActor; readonly requestId: string }

export type WallDeps = {
  readonly walls: Walls
  readonly tiles: WallTiles
  readonly visits: LiveVisits
  readonly rooms: Rooms
  readonly repo: MonitoringRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly log: Logger
}

/** What an officer does with a wall; nothing of it reaches the parties (OV-3). */
export type WallService = ReturnType<typeof createWallService>

export function createWallService(deps: WallDeps) {
  const { walls } = deps
  const queue = createSerialQueue()
  return {
    /** Opens the wall of the officer's own facility. */
    async open(
      { socket, observerId }: { socket: WallSocket; observerId: string },
      { facilityId }: PayloadOf<Commands['open']>,
      cause: OfficerCause,
    ): Promise<DataOf<Commands['open']>> {
      requireFacility(cause.actor, facilityId)
      const zone = await deps.repo.zoneOf(facilityId)
      if (!zone) throw new Refusal('NOT_FOUND')
      await enter(deps, { facilityId, cause }, [{ action: 'wall.open', visitId: null }])
      const visits = await deps.visits.ofFacility(facilityId, todayIn(zone, deps.clock.now()))
      // Gone while the log was written: nothing may be opened for a socket that will never close it.
      if (!socket.connected) throw new Refusal('NOT_JOINED')
      const wall = walls.of(observerId) ?? walls.open({ observerId, socket, facilityId })
      return { visits: visits.map(deps.tiles.tileOf), routers: deps.tiles.routersFor(wall) }
    },
    /** Makes what is on screen true: first the log, then the media. */
    watch: (wall: Wall, payload: PayloadOf<Commands['watch']>, cause: OfficerCause) =>
      queue.run(wall.observerId, () => watch(deps, wall, { payload, cause })),
    /** The wall's socket is gone, and its observer with it. */
    async close(observerId: string): Promise<void> {
      const wall = walls.of(observerId)
      if (!wall) return
      walls.remove(observerId)
      await tellRooms(deps, affectedVisits(wall.watching, watchingNothing(observerId)))
      const routerIds = new Set(wall.routerOfTransport.values())
      await Promise.all(
        [...routerIds].map((routerId) =>
          deps.rooms.peers.closePeer({ routerId, peerId: observerId }),
        ),
      )
    },
  }
}

async function watch(
  deps: WallDeps,
  wall: Wall,
  { payload, cause }: { payload: PayloadOf<Commands['watch']>; cause: OfficerCause },
): Promise<DataOf<Commands['watch']>> {
  const { focusVisitId } = payload
  const wished = new Set<string>([...payload.visitIds, ...(focusVisitId ? [focusVisitId] : [])])
  const verdicts = await Promise.all([...wished].map((visitId) => verdictOn(deps, wall, visitId)))
  const refused = verdicts.flatMap(({ visitId, code }) => (code ? [{ visitId, code }] : []))
  refused.forEach(({ visitId }) => wished.delete(visitId))
  const after: Watching = {
    observerId: wall.observerId,
    visitIds: wished,
    focusVisitId: focusVisitId && wished.has(focusVisitId) ? focusVisitId : null,
  }
  await enterBeginnings(deps, { wall, after, cause })
  const affected = affectedVisits(wall.watching, after)
  if (deps.walls.of(wall.observerId) !== wall) throw new Refusal('NOT_JOINED')
  wall.watching = after
  wall.chosenVisitId = focusVisitId
  await tellRooms(deps, affected)
  return { refused }
}

async function verdictOn({ visits, walls }: WallDeps, wall: Wall, visitId: string) {
  const open = visits.open().find((visit) => visit.visitId === visitId)
  const visit: VisitRecord | null = open ?? (await visits.load(visitId))
  const isCrowded =
    !wall.watching.visitIds.has(visitId) && walls.observersOf(visitId).length >= MAX_OBSERVERS
  const code = whyNotWatch(visit, wall.facilityId) ?? (isCrowded ? 'TOO_MANY_REQUESTS' : null)
  return { visitId, code }
}

async function enterBeginnings(
  deps: WallDeps,
  { wall, after, cause }: { wall: Wall; after: Watching; cause: OfficerCause },
): Promise<void> {
  const { watched, heard } = beginnings(wall.watching, after)
  await enter(deps, { facilityId: wall.facilityId, cause }, [
    ...watched.map((visitId) => ({ action: 'visit.watch', visitId })),
    ...heard.map((visitId) => ({ action: 'visit.listen', visitId })),
  ])
}

async function enter(
  { transact, audit }: WallDeps,
  { facilityId, cause }: { facilityId: string; cause: OfficerCause },
  acts: readonly { action: string; visitId: string | null }[],
): Promise<void> {
  if (acts.length === 0) return
  await transact(async (tx) => {
    for (const { action, visitId } of acts) {
      await audit.append(tx, {
        facilityId,
        actor: auditActorOf(cause.actor),
        action,
        object: visitId
          ? { type: 'visit', objectId: visitId, visitId }
          : { type: 'facility', objectId: facilityId },
        outcome: 'allow',
        requestId: cause.requestId,
      })
    }
  })
}

async function tellRooms(
  { rooms, walls, log }: WallDeps,
  visitIds: readonly string[],
): Promise<void> {
  const results = await Promise.allSettled(
    visitIds.map((visitId) => rooms.setObservers(visitId, walls.observersOf(visitId))),
  )
  for (const result of results) {
    // The facts are kept and reach the node when it is back; until then nobody sees anything.
    if (result.status === 'rejected')
      log.warn({ err: result.reason as unknown }, 'observers not told')
  }
}

/** The calendar day at the facility, half open. */
function todayIn(zone: string, now: Date): { from: Date; to: Date } {
  const from = DateTime.fromJSDate(now, { zone }).startOf('day')
  return { from: from.toJSDate(), to: from.plus({ days: 1 }).toJSDate() }
}
