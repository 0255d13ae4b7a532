import { setTimeout as pause } from 'node:timers/promises'
import type { types } from 'mediasoup'
import { CENSUS_COUNTS, EXPECTED_COUNTS } from '@visavis/contract/census'
import type { CensusCount } from '@visavis/contract/census'
import type { CanaryCheck } from '@visavis/contract/census-control'
import { Refusal } from '@visavis/contract/errors'
import { signGrant } from '@visavis/contract/grant'
import { openDrillRoom } from './canary-room.ts'
import type { CanaryParts, DrillRoom } from './canary-room.ts'
import { SYNTHETIC_RECEIVER } from './canary-rtp.ts'
import { capabilitiesForLibrary } from './rtc-values.ts'

type Check = { readonly name: CanaryCheck['name']; readonly isHeld: () => Promise<boolean> }

/** A worker that takes longer for a handful of commands has failed. */
const PATIENCE_MS = 4_000
/** Ten times what is promised: what still stands then was not noticed. All checks fit into the time of one answer. */
const HELD_WITHIN_MS = 2_000
const LOOK_EVERY_MS = 2
const GRANT_MS = 60_000

/**
 * OV-8: proves by attack that a privileged room of this very node is defended, through the handlers that
 * visits use and, where those refuse, through the library's own objects. The rooms are nobody's.
 */
export async function runCanary(parts: CanaryParts): Promise<CanaryCheck[]> {
  const first = await openDrillRoom(parts)
  try {
    const checks = await inOrder(checksOf(parts, first))
    const second = await openDrillRoom(parts)
    try {
      return [...checks, ...(await inOrder([transportBehind(parts, second)]))]
    } finally {
      await second.close()
    }
  } finally {
    await first.close()
  }
}

async function inOrder(checks: readonly Check[]): Promise<CanaryCheck[]> {
  const done: CanaryCheck[] = []
  for (const { name, isHeld } of checks) {
    const beganAt = performance.now()
    // Whatever goes wrong in a check is a check that failed: the canary always has an answer.
    const isOk = await isHeld().catch(() => false)
    done.push({ name, isOk, ms: Math.round(performance.now() - beganAt) })
  }
  return done
}

/** The first shows that the attacks that follow have something to win. */
function checksOf(parts: CanaryParts, room: DrillRoom): Check[] {
  return [
    { name: 'PARTIES_MEET', isHeld: () => partiesMeet(parts, room) },
    { name: 'CENSUS_COUNTS', isHeld: async () => isAsExpected(parts, room) },
    { name: 'OBSERVER_IN_FACTS', isHeld: () => observerGetsNothing(parts, room) },
    { name: 'TAP_WITH_GRANT', isHeld: () => tapIsRefused(parts, room) },
    { name: 'CONSUMER_BEHIND', isHeld: () => consumerIsClosed(parts, room) },
  ]
}

async function partiesMeet({ census }: CanaryParts, room: DrillRoom): Promise<boolean> {
  await room.publish()
  return settles(() => census.countsOf(room.visitId)?.seatConsumers === 4)
}

/** Two seats with two transports, tracks and consumers each, and nothing else. */
const TWO_SEATS: Partial<Record<CensusCount, number>> = {
  seats: 2,
  seatTransports: 4,
  seatProducers: 4,
  seatConsumers: 4,
}

function isAsExpected({ census }: CanaryParts, { visitId }: DrillRoom): boolean {
  const counts = census.countsOf(visitId)
  return counts !== null && CENSUS_COUNTS.every((name) => counts[name] === (TWO_SEATS[name] ?? 0))
}

/** Facts that lie about the policy and name an observer, whose transport stands: nothing flows there. */
async function observerGetsNothing(parts: CanaryParts, room: DrillRoom): Promise<boolean> {
  await room.openObserver()
  await room.say({
    policy: { monitor: 'AV', isRecorded: true },
    observers: [{ observerId: room.observerId, hasFocus: true }],
    hasRecordingGrant: true,
  })
  const counts = parts.census.countsOf(room.visitId)
  if (counts === null) return false
  const consumers = CENSUS_COUNTS.filter((name) => name.endsWith('Consumers'))
  const strange = consumers.filter((name) => !EXPECTED_COUNTS.includes(name))
  return counts.otherTransports === 1 && strange.every((name) => counts[name] === 0)
}

/** A grant with our own signature, which says that the visit is social. */
async function tapIsRefused(parts: CanaryParts, room: DrillRoom): Promise<boolean> {
  const { visitId, recordingId } = room
  const expiresAt = new Date(parts.clock.now().getTime() + GRANT_MS).toISOString()
  const claims = { recordingId, visitId, epoch: 1, visitClass: 'social', expiresAt } as const
  const grant = await signGrant(claims, parts.grantSecret)
  const code = await room.openTap(grant).then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error.code : null),
  )
  return code === 'MEDIA_POLICY_FORBIDS' && parts.census.countsOf(visitId)?.plainTransports === 0
}

/** A consumer that the library makes at the observer's transport, paused, so that not one packet passes. */
async function consumerIsClosed(parts: CanaryParts, room: DrillRoom): Promise<boolean> {
  const [producerId] = room.producerIds()
  const transport = room.observerTransport()
  if (producerId === undefined || !transport) return false
  const consumer = await transport.consume({
    producerId,
    rtpCapabilities: capabilitiesForLibrary(SYNTHETIC_RECEIVER),
    paused: true,
  })
  const isOver = () => consumer.closed && parts.rooms.find(room.visitId) === null
  return settles(isOver, HELD_WITHIN_MS)
}

/** A plain transport, made by the library's class where the router's own way is sealed. */
function transportBehind(parts: CanaryParts, room: DrillRoom): Check {
  const isHeld = async () => {
    const { router } = room
    const library = Object.getPrototypeOf(router) as types.Router
    const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const
    // Closed while it is being made, where the watch is quick: that is as good.
    const transport = await library.createPlainTransport
      .call(router, { listenInfo })
      .catch(() => null)
    const isOver = () => transport?.closed !== false && parts.rooms.find(room.visitId) === null
    return settles(isOver, HELD_WITHIN_MS)
  }
  return { name: 'TRANSPORT_BEHIND', isHeld }
}

async function settles(isSo: () => boolean, withinMs = PATIENCE_MS): Promise<boolean> {
  const until = performance.now() + withinMs
  while (performance.now() < until) {
    if (isSo()) return true
    await pause(LOOK_EVERY_MS)
  }
  return isSo()
}
