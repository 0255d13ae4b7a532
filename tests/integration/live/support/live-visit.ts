import type { VisitClass } from '@visavis/contract/media-policy'
import type { VisitSnapshot } from '@visavis/contract/visit'
import type { RtcClient } from '../../../support/rtc-client.ts'
import { until } from '../../../support/until.ts'
import { aVisitWithPeople } from './live-people.ts'
import type { VisitPeople } from './live-people.ts'
import type { LiveWorld } from './live-world.ts'
import { openSeatMedia } from './seat-media.ts'
import { connectSeat, connectWall } from './socket-client.ts'
import type { SeatClient } from './socket-client.ts'

const MINUTE_MS = 60_000

/** A visit with everybody connected. */
export type LiveVisit = Awaited<ReturnType<typeof everybodyIn>>

/**
 * A visit that is LIVE with real media both ways; its booked time begins now. `prepare`: what its facility
 * needs before anybody comes. `isWatched`: the officer has it on screen from the beginning.
 */
export async function aLiveVisit(
  world: LiveWorld,
  given: {
    prepare?: (people: VisitPeople) => Promise<unknown>
    isWatched?: boolean
    visitClass?: VisitClass
  } = {},
) {
  // A server that has just begun does not complain of recorders yet.
  world.clock.advance(MINUTE_MS)
  const { visitClass = 'social' } = given
  const people = await aVisitWithPeople(world, { startsInMs: 0, visitClass })
  await given.prepare?.(people)
  const live = await everybodyIn(world, people, given)
  await told(live.visitor, 'LIVE')
  await flows(live.media)
  return live
}

/** Everybody comes with media and is let in; whether the visit begins is another question. */
export async function everybodyIn(
  world: LiveWorld,
  people: VisitPeople,
  {
    isWatched = false,
    visitClass = 'social',
  }: { isWatched?: boolean; visitClass?: VisitClass } = {},
) {
  const { visitId, visitorSeatId, inmateSeatId, facilityId, cookies } = people
  const visitor = await connectSeat(world, cookies.visitor)
  const inmate = await connectSeat(world, cookies.inmate)
  const media = {
    visitor: await joinWithMedia(visitor, visitorSeatId, people),
    inmate: await joinWithMedia(inmate, inmateSeatId, people),
  }
  const wall = await connectWall(world, cookies.officer)
  await wall.call('open', { facilityId })
  if (isWatched) await wall.call('watch', { visitIds: [visitId], focusVisitId: null })
  // Nobody sees who comes to a privileged visit: there is no look at a picture.
  if (visitClass !== 'privileged') await wall.call('checkSeat', { visitId, seatId: visitorSeatId })
  await wall.call('admitSeat', { visitId, seatId: visitorSeatId })
  return { people, visitor, inmate, media, wall }
}

/** Somebody joins and sends; what comes is taken. */
export async function joinWithMedia(
  client: SeatClient,
  seatId: string,
  { visitId }: VisitPeople,
): Promise<RtcClient> {
  const joined = await client.call('join', { visitId, holdingEpoch: null })
  return openSeatMedia(client, { seatId, visitId, ...joined.media })
}

/** Waits until a seat is told that its visit is in that state. */
export function told(client: SeatClient, state: string): Promise<VisitSnapshot> {
  return client.heard<VisitSnapshot>('visit:changed', (snapshot) => snapshot.state === state)
}

/** Waits until something new arrives on both sides. */
export async function flows({
  visitor,
  inmate,
}: {
  visitor: RtcClient
  inmate: RtcClient
}): Promise<void> {
  visitor.forget()
  inmate.forget()
  await until(
    () =>
      visitor.arrivals(inmate.tag, 'audio').length > 0 &&
      inmate.arrivals(visitor.tag, 'audio').length > 0
        ? true
        : null,
    'media both ways',
  )
}

/** An officer ends it, and everybody hangs up. */
export async function end({ wall, visitor, inmate, media, people }: LiveVisit): Promise<void> {
  await wall.call('endVisit', { visitId: people.visitId, reason: 'OTHER' })
  hangUp({ wall, visitor, inmate, media, people })
}

/** Everybody's sockets and media close. */
export function hangUp({ wall, visitor, inmate, media }: LiveVisit): void {
  ;[visitor, inmate, wall].forEach((client) => client.close())
  ;[media.visitor, media.inmate].forEach((each) => each.close())
}
