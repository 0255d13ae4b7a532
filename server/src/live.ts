import type { Server as HttpServer } from 'node:http'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Registry } from '@visavis/platform/metrics'
import { newId } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import type { Server } from 'socket.io'
import type { ServerConfig } from './config.ts'
import { createFlagReview, createVisitEnd, hearVisitHits } from './live-ties.ts'
import { createAudit } from './modules/audit/index.ts'
import type { Identity } from './modules/identity/index.ts'
import { startMonitoring } from './modules/monitoring/index.ts'
import type { Monitoring } from './modules/monitoring/index.ts'
import type { LiveHealth } from './modules/operations/index.ts'
import { bindPreflightNamespace } from './modules/preflight/index.ts'
import { createReceipts } from './modules/receipts/index.ts'
import { createLiveRecordings } from './modules/recordings/index.ts'
import type { LiveRecordings } from './modules/recordings/index.ts'
import { createRooms } from './modules/rooms/index.ts'
import { createLiveVisits, createVisitChecks } from './modules/visits/index.ts'
import { createSocketFigures } from './platform/http-metrics.ts'
import { countSockets, createSocketHost } from './platform/socket-host.ts'
import { createTransact } from './platform/transact.ts'
import type { Scheduling } from './routes.ts'
import { hearSignInsOver } from './sign-ins-over.ts'

/** The live side of a server: sockets, visits, rooms, walls and recordings. */
export type Live = {
  /** Which media nodes and recorders can be used now. */
  readonly health: () => LiveHealth
  /** Closes sockets and links; rooms and calls go on. Idempotent. */
  readonly close: () => Promise<void>
}

/** What the live side needs of its server. */
export type LiveParts = {
  readonly http: HttpServer
  readonly config: Pick<
    ServerConfig,
    | 'publicOrigin'
    | 'port'
    | 'databaseUrl'
    | 'controlSecret'
    | 'grantSecret'
    | 'mediaNodes'
    | 'recorders'
    | 'turn'
  >
  readonly db: Database
  readonly clock: Clock
  readonly log: Logger
  readonly identity: Pick<Identity, 'actorOfCookies' | 'terminalPages' | 'overOf'>
  /** What visits ask of the scheduling side. */
  readonly scheduling: Scheduling
  readonly metrics: Registry
}

/** The namespaces besides the visits' own: officers' walls, and tests of devices and network. */
function openNamespaces(
  shared: Omit<Parameters<typeof startMonitoring>[0], 'turn' | 'stills' | 'oversight' | 'log'>,
  { config, scheduling, identity, log }: LiveParts,
): Monitoring {
  const { turn } = config
  const { terminalPages } = identity
  bindPreflightNamespace({
    ...{ ...shared, terminalPages, turn },
    ...{ loops: shared.rooms.loops, service: scheduling.preflight },
    log: log.child({ module: 'preflight' }),
  })
  const { stills, oversight } = scheduling
  return startMonitoring({
    ...shared,
    turn,
    stills,
    oversight,
    log: log.child({ module: 'walls' }),
  })
}

/** Recordings as they are made, and recorders for those who want copies of them. */
function openRecordings(
  shared: Pick<
    Parameters<typeof createLiveRecordings>[0],
    'db' | 'transact' | 'audit' | 'clock' | 'visits' | 'rooms'
  >,
  { config, scheduling, log }: LiveParts,
): LiveRecordings {
  const recordings = createLiveRecordings({
    controlSecret: config.controlSecret,
    grantSecret: config.grantSecret,
    ...shared,
    urls: config.recorders,
    keys: scheduling.keys,
    ...scheduling.proofs,
    newId,
    log: log.child({ module: 'recordings' }),
  })
  scheduling.reviews.attach(recordings.copies)
  return recordings
}

/** Puts the live side on an HTTP server; resolves when the visits that were open are taken up. */
export async function attachLive(parts: LiveParts): Promise<Live> {
  const { http, config, db, clock, log, identity, scheduling } = parts
  const audit = createAudit(clock)
  const transact = createTransact(db)
  const { actorOfCookies, terminalPages } = identity
  const shared = { db, transact, audit, actorOfCookies, clock }
  const visits = createLiveVisits({
    ...{ ...shared, terminalPages },
    checks: createVisitChecks({ ...shared, ...scheduling }),
    turn: config.turn,
    review: createFlagReview(scheduling.tasks),
    end: createVisitEnd(createReceipts(db, scheduling.ledger), clock),
    log: log.child({ module: 'visits' }),
  })
  // Before any media node is asked what it holds: the answer is compared with what is open here.
  await visits.takeUp()
  const rooms = createRooms({
    nodeUrls: config.mediaNodes,
    secret: config.controlSecret,
    ledger: visits.ledger,
    log: log.child({ module: 'rooms' }),
  })
  scheduling.certificates.attach(rooms)
  const recordings = openRecordings({ ...shared, visits, rooms }, parts)
  const io: Server = createSocketHost({
    ...{ http, config, log: log.child({ module: 'sockets' }) },
    figures: createSocketFigures(parts.metrics, () => countSockets(io)),
  })
  const monitoring = openNamespaces({ ...shared, io, visits, rooms, recordings }, parts)
  visits.start({ io, rooms, beforeRoomCloses: recordings.settle })
  const hits = await hearVisitHits({ url: config.databaseUrl, visits, log })
  const { overOf } = identity
  const signIns = await hearSignInsOver({ url: config.databaseUrl, io, overOf, log })
  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    await hits.close()
    await signIns.close()
    await monitoring.stop()
    visits.stop()
    // Not io.close(): the HTTP server belongs to the app.
    io.disconnectSockets(true)
    io.engine.close()
    await recordings.close()
    scheduling.reviews.close()
    rooms.close()
  }
  return {
    health: () => ({ mediaNodes: rooms.health(), recorders: recordings.health() }),
    close: () => (closing ??= close()),
  }
}
