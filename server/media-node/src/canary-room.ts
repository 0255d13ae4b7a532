import { randomUUID } from 'node:crypto'
import type { types } from 'mediasoup'
import { panic } from '@visavis/contract/errors'
import type { PayloadOf } from '@visavis/contract/command'
import type { mediaCommands } from '@visavis/contract/media-control'
import type { RoomFacts } from '@visavis/contract/media-graph'
import { NO_WISHES } from '@visavis/contract/quality'
import type { Clock } from '@visavis/platform/clock'
import type { Handlers } from '@visavis/platform/control-server'
import type { Census } from './census.ts'
import { SYNTHETIC_RECEIVER, syntheticTrack } from './canary-rtp.ts'
import type { Drills } from './drills.ts'
import type { Rooms } from './rooms.ts'

/** What a canary works with: the node's own handlers, and what sees beyond them. */
export type CanaryParts = {
  readonly handlers: Pick<
    Handlers<typeof mediaCommands>,
    'openRoom' | 'updateRoom' | 'closeRoom' | 'openPeer' | 'createProducer' | 'openTap'
  >
  readonly census: Pick<Census, 'countsOf' | 'routerOf'>
  readonly rooms: Pick<Rooms, 'find'>
  readonly drills: Drills
  readonly grantSecret: string
  readonly clock: Clock
}

type Facts = PayloadOf<typeof mediaCommands.openRoom>['facts']

/** A privileged room of nobody, with two seats that were let in. */
export type DrillRoom = {
  readonly visitId: string
  readonly recordingId: string
  readonly observerId: string
  /** The library's own router. */
  readonly router: types.Router
  /** Both seats open their ends and send sound and picture. */
  readonly publish: () => Promise<void>
  readonly openObserver: () => Promise<void>
  /** The library's own transport of the observer, once it is open. */
  readonly observerTransport: () => types.Transport | undefined
  readonly producerIds: () => string[]
  /** Replaces facts. */
  readonly say: (changes: Partial<RoomFacts>) => Promise<void>
  readonly openTap: (grant: string) => Promise<unknown>
  /** Idempotent. */
  readonly close: () => Promise<void>
}

const CONTEXT = { requestId: 'canary' }
/** Where a recorder would be, had it been asked for. */
const NOWHERE = { address: '127.0.0.1', port: 9 }

/** Opens it through the handler that opens every room. */
export async function openDrillRoom(parts: CanaryParts): Promise<DrillRoom> {
  const { handlers, drills, census } = parts
  const visitId = randomUUID()
  const seatIds = [randomUUID(), randomUUID()] as const
  const observerId = randomUUID()
  const facts = factsOf(seatIds)
  drills.begin(visitId)
  const close = async () => {
    await handlers.closeRoom(of({ visitId }), CONTEXT).catch(() => undefined)
    drills.end(visitId)
  }
  try {
    const { routerId } = await handlers.openRoom(of({ visitId, epoch: 1, facts }), CONTEXT)
    const router = census.routerOf(visitId) ?? panic('a private room is not counted')
    const transports: types.Transport[] = []
    router.observer.on('newtransport', (transport) => transports.push(transport))
    const open = (peerId: string, inVisit: string | null) =>
      openPeer(handlers, { routerId, peerId, visitId: inVisit })
    return {
      ...{ visitId, observerId, router, close, recordingId: randomUUID() },
      publish: async () => {
        for (const peerId of seatIds) {
          await open(peerId, visitId)
          await sendBoth(handlers, { routerId, peerId })
        }
      },
      openObserver: () => open(observerId, null),
      observerTransport: () => transports.find(({ appData }) => appData['peerId'] === observerId),
      producerIds: () =>
        parts.rooms
          .find(visitId)
          ?.sources()
          .map((one) => one.producerId) ?? [],
      say: async (changes) => {
        const changed = { ...facts, ...changes }
        await handlers.updateRoom(of({ visitId, epoch: 1, facts: changed }), CONTEXT)
      },
      openTap: (grant) => handlers.openTap(of({ visitId, epoch: 1, grant, ...NOWHERE }), CONTEXT),
    }
  } catch (error) {
    await close()
    throw error
  }
}

type PeerKey = { readonly routerId: string; readonly peerId: string }

async function openPeer(
  handlers: CanaryParts['handlers'],
  peer: PeerKey & { visitId: string | null },
): Promise<void> {
  const wanted = { ...peer, rtpCapabilities: SYNTHETIC_RECEIVER, wishes: NO_WISHES }
  await handlers.openPeer(of(wanted), CONTEXT)
}

async function sendBoth(handlers: CanaryParts['handlers'], key: PeerKey): Promise<void> {
  for (const kind of ['audio', 'video'] as const) {
    const rtpParameters = syntheticTrack(kind)
    await handlers.createProducer({ ...key, kind, rtpParameters }, CONTEXT)
  }
}

function factsOf([visitor, inmate]: readonly [string, string]): Facts {
  return of({
    visitClass: 'privileged',
    policy: { monitor: 'NONE', isRecorded: false },
    state: 'LIVE',
    seats: [
      { seatId: visitor, party: 'VISITOR', state: 'IN' },
      { seatId: inmate, party: 'INMATE', state: 'IN' },
    ],
    observers: [],
    hasRecordingGrant: false,
  })
}

/** Ids that were made here need no check, and the contract's brands are types alone. */
const of = (given: object): never => given as never
