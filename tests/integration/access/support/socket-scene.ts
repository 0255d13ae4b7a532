import type { LibraryCensus } from '../../../support/library-census.ts'
import { until } from '../../../support/until.ts'
import type { VisitPeople } from '../../live/support/live-people.ts'
import { aLiveVisit, hangUp } from '../../live/support/live-visit.ts'
import type { LiveVisit } from '../../live/support/live-visit.ts'
import type { LiveWorld } from '../../live/support/live-world.ts'
import { connectPreflight } from '../../live/support/preflight-client.ts'
import { connectSeat } from '../../live/support/socket-client.ts'
import type { Relation } from './asking.ts'
import type { Caller } from './callers.ts'
import { aLiveCast } from './live-cast.ts'
import type { LiveCast } from './live-cast.ts'
import type { Things } from './socket-samples.ts'
import { aVisitIn } from './visit-in.ts'

/** A visit under way that everybody else reaches for, and visits of their own for whoever reaches. */
export type SocketScene = Awaited<ReturnType<typeof aSocketScene>>

export async function aSocketScene(world: LiveWorld, census: LibraryCensus) {
  const live = await aLiveVisit(world, { isWatched: true })
  const taken = await thingsOf(live, census)
  const casts = await castsOf(world, live.people)
  /** Of officers it is one visit for all that they decide; of everybody else, each their own. */
  const ownOf = new Map<string, LiveCast>()
  for (const relation of ['own', 'elsewhere', 'another'] as const) {
    for (const caller of ['visitor', 'roomDevice', 'inmate', 'officer'] as const) {
      const people =
        relation === 'elsewhere' ? undefined : await aVisitIn(world, relation, live.people)
      ownOf.set(`${caller} ${relation}`, await aLiveCast(world, people))
    }
  }
  const castOf = (caller: Caller, relation: Relation): LiveCast =>
    ownOf.get(`${caller} ${relation}`) ?? casts[relation]
  const loop = await aLoop(world, live.people)
  // Somebody is in the lobby of the visit that its own officer decides about.
  const { visitId, cookies } = castOf('officer', 'own').people
  const waiting = await connectSeat(world, cookies.inmate)
  await waiting.call('join', { visitId, holdingEpoch: null })
  return {
    cookieOf: (caller: Caller, relation: Relation) => castOf(caller, relation).cookieOf(caller),
    own: (caller: Caller, relation: Relation) => castOf(caller, relation).people,
    things: (caller: Caller, relation: Relation): Things => {
      const all = { ...taken, ...loop.things }
      if (relation !== 'own') return all
      const { visitId, visitorSeatId: seatId, facilityId } = castOf(caller, relation).people
      return { ...all, visitId, seatId, facilityId }
    },
    standing: () => standingOf(world, live.people.visitId),
    close(): void {
      loop.close()
      waiting.close()
      hangUp(live)
    },
  }
}

async function castsOf(
  world: LiveWorld,
  people: VisitPeople,
): Promise<Readonly<Record<Relation, LiveCast>>> {
  return {
    own: await aLiveCast(world, people),
    elsewhere: await aLiveCast(world),
    another: await aLiveCast(world, await aVisitIn(world, 'another', people)),
  }
}

/** What there is of a visit that is watched: its seat, its media, its officer's wall and deeds. */
async function thingsOf({ people, visitor, media, wall }: LiveVisit, census: LibraryCensus) {
  const { visitId, facilityId, visitorSeatId } = people
  const { resume } = await visitor.call('join', { visitId, holdingEpoch: 1 })
  const { routers } = await wall.call('open', { facilityId })
  const [router] = routers
  const { routerId = '', routerRtpCapabilities: rtpCapabilities = {} } = router ?? {}
  const { receive } = await wall.call('openMedia', { routerId, rtpCapabilities })
  const seen = await wall.heard<{ consumerId: string }>('consumer:created')
  const typed = { typed: 'Please sit down.', language: 'en' as never }
  const { warningId } = await wall.call('warn', { visitId, parties: ['INMATE'], text: typed })
  const { flagId } = await wall.call('flag', { visitId, category: 'OTHER', reason: 'SEEN' })
  const offer = { visitIds: [visitId], toObserverId: null }
  const { offerId } = await wall.call('offerVisits', offer)
  const isOfSeat = (appData: object) => 'peerId' in appData && appData.peerId === visitorSeatId
  const own = [...census.transports].find(({ transport }) => isOfSeat(transport.appData))
  const heard = await until(() => [...media.visitor.consumers.keys()][0] ?? null, 'a consumer')
  return {
    ...{ visitId, facilityId, seatId: visitorSeatId, resume, routerId, warningId, flagId, offerId },
    ...{ seatConsumerId: heard, seatTransportId: own?.transport.id ?? '' },
    ...{ wallConsumerId: seen.consumerId, wallTransportId: receive.transportId },
  }
}

async function aLoop(world: LiveWorld, { cookies }: VisitPeople) {
  const client = await connectPreflight(world, cookies.visitor)
  const { routerRtpCapabilities: rtpCapabilities } = await client.call('open', {})
  const { send } = await client.call('openLink', { path: 'any', rtpCapabilities })
  const codec = { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }
  const rtpParameters = { codecs: [codec], encodings: [{ ssrc: 1_234 }] }
  const { consumer } = await client.call('createProducer', { kind: 'audio', rtpParameters })
  const things = { loopTransportId: send.transportId, loopConsumerId: consumer.consumerId }
  return { things, close: () => client.close() }
}

/** What nobody from elsewhere may move. */
async function standingOf({ db }: LiveWorld, visitId: string) {
  const { state } = await db.visitSession.findUniqueOrThrow({ where: { visitId } })
  const order = { orderBy: { seatId: 'asc' } } as const
  const select = { seatId: true, state: true, helpNeed: true, cameraSeatId: true }
  return {
    state,
    seats: await db.seat.findMany({ where: { visitId }, select, ...order }),
    interventions: await db.intervention.findMany({ where: { visitId } }),
    flags: await db.flag.findMany({ where: { visitId } }),
  }
}
