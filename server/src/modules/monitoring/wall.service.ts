import { Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import type { DataOf, PayloadOf } from '@visavis/contract/command'
import type { MonitorMode } from '@visavis/contract/media-policy'
import type { wallCommands } from '@visavis/contract/wall-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { DateTime } from 'luxon'
import { createSerialQueue } from '../../platform/serial-queue.ts'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf, requireFacility, requireMonitorProof } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Rooms } from '../rooms/index.ts'
import type { LiveVisits, VisitRecord } from '../visits/index.ts'
import type { Handovers } from './handovers.service.ts'
import type { MonitoringRepo } from './monitoring.repo.ts'
import {
  MAX_OBSERVERS,
  affectedVisits,
  watchingNothing,
  whyNotWatch,
  without,
} from './observer-rules.ts'
import type { Denied, Watching } from './observer-rules.ts'
import { observationsOf } from './observation-rules.ts'
import type { Observations } from './observations.service.ts'
import type { WallDoor } from './wall-door.ts'
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
  readonly observations: Observations
  readonly door: WallDoor
  readonly handovers: Handovers
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
      await requireOwnFacility(deps, facilityId, cause.actor)
      requireMonitorProof(cause.actor)
      const zone = await deps.repo.zoneOf(facilityId)
      if (!zone) throw new Refusal('NOT_FOUND')
      await enterOpening(deps, facilityId, cause)
      const visits = await deps.visits.ofFacility(facilityId, todayIn(zone, deps.clock.now()))
      // Gone while the log was written: nothing may be opened for a socket that will never close it.
      if (!socket.connected) throw new Refusal('NOT_JOINED')
      const { accountId } = cause.actor
      const heardAt = deps.clock.now()
      const wall =
        walls.of(observerId) ?? walls.open({ observerId, socket, facilityId, accountId, heardAt })
      await keepMonitoring(deps, wall)
      await deps.handovers.greet(wall)
      return { visits: visits.map(deps.tiles.tileOf), routers: deps.tiles.routersFor(wall) }
    },
    /** Makes what is on screen true: first the log, then the media. */
    watch: (wall: Wall, payload: PayloadOf<Commands['watch']>, cause: OfficerCause) =>
      queue.run(wall.observerId, () => watch(deps, wall, { payload, cause })),
    /** Somebody is before the wall (OV-7). */
    async beat(wall: Wall): Promise<Record<string, never>> {
      wall.heardAt = deps.clock.now()
      deps.handovers.expire()
      const isDue = wall.heardAt.getTime() - wall.keptAtMs >= KEPT_EVERY_MS
      if (isDue) await keepMonitoring(deps, wall)
      return {}
    },
    /** The wall's socket is gone, and its observer with it. */
    async close(observerId: string): Promise<void> {
      const wall = walls.of(observerId)
      if (!wall) return
      walls.remove(observerId)
      const { visitIds, stillVisitIds } = wall.watching
      await tellRooms(deps, affectedVisits(wall.watching, watchingNothing(observerId)))
      await deps.observations.end(wall, [], null)
      await deps.handovers.leave(wall, [...visitIds, ...stillVisitIds])
      const routerIds = new Set(wall.routerOfTransport.values())
      await Promise.all(
        [...routerIds].map((routerId) =>
          deps.rooms.peers.closePeer({ routerId, peerId: observerId }),
        ),
      )
    },
  }
}

/** As long as a proof is fresh: a wall that is lost for less opens again by itself (TR-3). */
const MONITORS_FOR_MS = 5 * 60_000
const KEPT_EVERY_MS = 60_000

async function keepMonitoring({ repo, clock }: WallDeps, wall: Wall): Promise<void> {
  wall.keptAtMs = clock.now().getTime()
  const { authSessionId } = wall.socket.data
  await repo.keepMonitoring(authSessionId, new Date(wall.keptAtMs + MONITORS_FOR_MS))
}

async function watch(
  deps: WallDeps,
  wall: Wall,
  { payload, cause }: { payload: PayloadOf<Commands['watch']>; cause: OfficerCause },
): Promise<DataOf<Commands['watch']>> {
  const { visitIds, stillVisitIds, focusVisitId } = payload
  const shown = [...visitIds, ...(focusVisitId ? [focusVisitId] : [])]
  const asked = [...new Set([...shown, ...stillVisitIds])]
  const verdicts = await Promise.all(
    asked.map((visitId) =>
      verdictOn(deps, wall, {
        visitId,
        isLive: shown.includes(visitId),
        isStill: stillVisitIds.some((each) => each === visitId),
      }),
    ),
  )
  const denied = verdicts.flatMap(({ visitId, code }) => (code ? [{ visitId, code }] : []))
  const wished: Watching = {
    observerId: wall.observerId,
    visitIds: new Set<string>(shown),
    stillVisitIds: new Set<string>(stillVisitIds),
    focusVisitId,
  }
  await show(deps, wall, { wished, verdicts, denied, cause })
  wall.chosenVisitId = payload.chosenVisitId ?? focusVisitId
  wall.heardAt = deps.clock.now()
  deps.handovers.taken(wall)
  return { refused: denied }
}

async function requireOwnFacility(
  { door }: WallDeps,
  facilityId: string,
  actor: AccountActor,
): Promise<void> {
  try {
    // Whether there is such a facility is not looked at yet.
    requireFacility(actor, facilityId, 'FORBIDDEN')
  } catch (error) {
    if (error instanceof Refusal) await door.noteDenied(actor, error)
    throw error
  }
}

type Verdict = {
  readonly visitId: string
  readonly monitor: MonitorMode
  readonly code: ErrorCode | null
  readonly isOpen: boolean
}

/** First the log and the rows, then the media; what is over is stored once its media has stopped (TR-1). */
async function show(
  deps: WallDeps,
  wall: Wall,
  given: { wished: Watching; verdicts: Verdict[]; denied: Denied[]; cause: OfficerCause },
): Promise<void> {
  const { verdicts, denied, cause } = given
  const monitors = new Map(verdicts.map(({ visitId, monitor }) => [visitId, monitor]))
  const monitorOf = (visitId: string): MonitorMode => monitors.get(visitId) ?? 'NONE'
  const permitted = without(given.wished, new Set(denied.map(({ visitId }) => visitId)))
  // A visit that has just ended was asked for in good faith.
  const fresh = denied.filter(
    ({ visitId, code }) => code !== 'VISIT_ENDED' && !wall.deniedVisitIds.has(visitId),
  )
  const begun = { wished: observationsOf(permitted, monitorOf), denied: fresh, cause }
  await deps.observations.begin(wall, begun)
  wall.deniedVisitIds = new Set(denied.map(({ visitId }) => visitId))
  if (deps.walls.of(wall.observerId) !== wall) {
    await deps.observations.end(wall, [], cause.actor)
    throw new Refusal('NOT_JOINED')
  }
  const after = without(permitted, endedMeanwhile(deps, verdicts))
  const affected = affectedVisits(wall.watching, after)
  wall.watching = after
  await tellRooms(deps, affected)
  // The screen may have lost a visit meanwhile: what it has now counts.
  await deps.observations.end(wall, observationsOf(wall.watching, monitorOf), cause.actor)
}

function endedMeanwhile({ visits }: WallDeps, verdicts: readonly Verdict[]): ReadonlySet<string> {
  const open = new Set(visits.open().map(({ visitId }) => visitId))
  const were = verdicts.filter(({ isOpen }) => isOpen)
  return new Set(were.flatMap(({ visitId }) => (open.has(visitId) ? [] : [visitId])))
}

async function verdictOn(
  { visits, walls }: WallDeps,
  wall: Wall,
  { visitId, isLive, isStill }: { visitId: string; isLive: boolean; isStill: boolean },
): Promise<Verdict> {
  const open = visits.open().find((visit) => visit.visitId === visitId)
  const visit: VisitRecord | null = open ?? (await visits.load(visitId))
  const isCrowded =
    isLive &&
    !wall.watching.visitIds.has(visitId) &&
    walls.observersOf(visitId).length >= MAX_OBSERVERS
  const why = whyNotWatch(visit, { facilityId: wall.facilityId, isStill })
  const code = why ?? (isCrowded ? 'TOO_MANY_REQUESTS' : null)
  return { visitId, code, monitor: visit?.policy.monitor ?? 'NONE', isOpen: open !== undefined }
}

async function enterOpening(
  { transact, audit }: WallDeps,
  facilityId: string,
  { actor, requestId }: OfficerCause,
): Promise<void> {
  await transact((tx) =>
    audit.append(tx, {
      facilityId,
      actor: auditActorOf(actor),
      action: 'wall.open',
      object: { type: 'facility', objectId: facilityId },
      outcome: 'allow',
      requestId,
    }),
  )
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
