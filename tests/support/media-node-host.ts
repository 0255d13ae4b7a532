import { randomUUID } from 'node:crypto'
import { signGrant } from '@visavis/contract/grant'
import type { RecordingGrant } from '@visavis/contract/grant'
import type { RoomFacts } from '@visavis/contract/media-graph'
import { mediaCommands, mediaEvents } from '@visavis/contract/media-control'
import type { RouterInfo } from '@visavis/contract/media-control'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import { createMediaNode } from '@visavis/media-node/node'
import type { MediaNode } from '@visavis/media-node/node'
import { systemClock } from '@visavis/platform/clock'
import { connectControl } from '@visavis/platform/control-client'
import { createLogger } from '@visavis/platform/log'
import { freePorts } from './ports.ts'
import { RtcClient } from './rtc-client.ts'
import type { MediaControl } from './rtc-client.ts'

const CONTROL_SECRET = 'c'.repeat(32)
const GRANT_SECRET = 'g'.repeat(32)
const HOUR_MS = 3_600_000
/** One open and one private worker. */
const WORKERS = 2

/** A real media node in this process, with real workers. */
export async function startMediaNode(
  surroundings: { readonly monotonicMs?: () => number } = {},
): Promise<MediaNode> {
  return createMediaNode(
    {
      controlSecret: CONTROL_SECRET,
      grantSecret: GRANT_SECRET,
      controlPort: 0,
      rtcPort: await freePorts(WORKERS),
      listen: [{ ip: '127.0.0.1', announcedAddress: null }],
      openWorkers: WORKERS - 1,
      workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? null,
      logLevel: 'silent',
    },
    { log: createLogger('media-node', 'silent'), clock: systemClock, ...surroundings },
  )
}

/** Connects to the node as a server does. */
export async function connectToNode({ controlPort }: MediaNode): Promise<MediaControl> {
  const control = connectControl({
    url: `http://127.0.0.1:${controlPort}`,
    secret: CONTROL_SECRET,
    commands: mediaCommands,
    events: mediaEvents,
    code: 'MEDIA_UNAVAILABLE',
  })
  await new Promise<void>((resolve) => control.onConnected(resolve))
  return control
}

/** What differs from an ordinary visit. */
export type FactChanges = Partial<RoomFacts> & { visitorState?: SeatState }

/** Facts of a visit of one visitor and one inmate; both in, LIVE, watched and recorded unless said otherwise. */
export function factsOf(
  seats: { visitor: string; inmate: string },
  changes: FactChanges = {},
): RoomFacts {
  const { visitorState = 'IN', ...facts } = changes
  return {
    visitClass: 'social',
    policy: { monitor: 'AV', isRecorded: true },
    state: 'LIVE',
    seats: [
      { seatId: seats.visitor, party: 'VISITOR', state: visitorState },
      { seatId: seats.inmate, party: 'INMATE', state: 'IN' },
    ],
    observers: [],
    hasRecordingGrant: false,
    ...facts,
  }
}

/** A room whose parties have yet to come. `say` tells the node new facts. */
export type EmptyRoom = {
  readonly visitId: string
  readonly router: RouterInfo
  readonly seats: { readonly visitor: string; readonly inmate: string }
  readonly say: (changes: FactChanges) => Promise<void>
}

/** A room with both parties sending. */
export type TestRoom = EmptyRoom & { readonly visitor: RtcClient; readonly inmate: RtcClient }

/** Where a room is opened, and whether its parties send key frames only when they are asked to. */
export type RoomPlace = {
  readonly visitId?: string
  readonly epoch?: number
  readonly isThrifty?: boolean
}

/** Opens a room for whoever comes by other means. */
export async function anEmptyRoom(
  control: MediaControl,
  changes: FactChanges = {},
  { visitId = randomUUID(), epoch = 1 }: Omit<RoomPlace, 'isThrifty'> = {},
): Promise<EmptyRoom> {
  const seats = { visitor: randomUUID(), inmate: randomUUID() }
  const room = { visitId, epoch }
  const router = await control.call('openRoom', {
    ...room,
    facts: mutable(factsOf(seats, changes)),
  })
  const say: TestRoom['say'] = async (next) => {
    await control.call('updateRoom', { ...room, facts: mutable(factsOf(seats, next)) })
  }
  return { visitId, router, seats, say }
}

/** Opens a room and has both parties publish in it. */
export async function aRoom(
  control: MediaControl,
  changes: FactChanges = {},
  { isThrifty = false, ...place }: RoomPlace = {},
): Promise<TestRoom> {
  const room = await anEmptyRoom(control, changes, place)
  const { visitId, router, seats } = room
  const [visitor, inmate] = await Promise.all([
    RtcClient.open(control, router, { peerId: seats.visitor, visitId }),
    RtcClient.open(control, router, { peerId: seats.inmate, visitId }),
  ])
  const publish = (client: RtcClient) => client.publish(undefined, { isThrifty })
  await Promise.all([publish(visitor), publish(inmate)])
  return { ...room, visitor, inmate }
}

/** A grant as the policy signs it. */
export function aGrant(
  visitId: string,
  changes: Partial<Record<keyof RecordingGrant, unknown>> = {},
  secret = GRANT_SECRET,
): Promise<string> {
  const grant = {
    recordingId: randomUUID(),
    visitId,
    epoch: 1,
    visitClass: 'social',
    expiresAt: new Date(Date.now() + HOUR_MS).toISOString(),
    ...changes,
  }
  return signGrant(grant as RecordingGrant, secret)
}

/** The wire form has mutable arrays. */
function mutable(facts: RoomFacts) {
  return { ...facts, seats: [...facts.seats], observers: [...facts.observers] }
}
