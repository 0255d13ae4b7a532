import type { VisitClass } from '@visavis/contract/media-policy'
import type { Database } from '@visavis/prisma'
import {
  insertInmate,
  insertRelationship,
  insertSmallWorld,
  insertTerminal,
  insertVisit,
  insertVisitor,
  insertAccount,
} from '@visavis/prisma/seed'
import { connectSeat, connectWall } from '../integration/live/support/socket-client.ts'
import type { SeatClient } from '../integration/live/support/socket-client.ts'
import { accountCookie, deviceCookie, inmateCookie } from '../integration/rest/support/callers.ts'
import { openClipSender } from './clip-sender.ts'
import type { Clip } from './clip-sender.ts'

/** A facility whose visits are for a wall, and its officer. */
export type WallPlace = { readonly facilityId: string; readonly officerAccountId: string }

/** Who meets in a visit, where, and how they send. */
export type WallVisitShape = {
  readonly visitorName: readonly [given: string, family: string]
  readonly inmateName: readonly [given: string, family: string]
  readonly language: string
  readonly wing: string
  readonly terminalName: string
  readonly visitClass: VisitClass
  /** Loops of the picture, the smallest first; none: nobody sends. */
  readonly visitor: readonly Clip[]
  readonly inmate: readonly Clip[]
  readonly hasSound: boolean
  /** Whether the officer has let them in. */
  readonly isAdmitted: boolean
  /** Whether it should be recorded: a recorder takes a part of the machine that is then not the wall's. */
  readonly isRecorded: boolean
}

export type WallVisits = {
  readonly visitIds: readonly string[]
  readonly seats: readonly { readonly visitor: SeatClient; readonly inmate: SeatClient }[]
  readonly close: () => void
}

type Where = { readonly db: Database; readonly origin: string }
const clock = { now: () => new Date() }

/** A facility with an officer who can sign in by {@link accountCookie}. */
export async function aWallPlace(db: Database): Promise<WallPlace> {
  const { facility, officerAccount } = await insertSmallWorld(db)
  return { facilityId: facility.facilityId, officerAccountId: officerAccount.accountId }
}

/** The officer's cookie, as `name=value`. */
export function officerCookie({ db }: Where, { officerAccountId }: WallPlace): Promise<string> {
  return accountCookie({ db, clock } as never, officerAccountId)
}

/** Opens visits through the server's own doors, one after the other, and has both sides send. */
export async function openWallVisits(
  where: Where,
  place: WallPlace,
  shapes: readonly WallVisitShape[],
): Promise<WallVisits> {
  const wall = await connectWall(worldOf(where), await officerCookie(where, place))
  await wall.call('open', { facilityId: place.facilityId })
  const opened: Awaited<ReturnType<typeof openVisit>>[] = []
  for (const shape of shapes) {
    const visit = await openVisit(where, place, shape)
    opened.push(visit)
    const { visitId, visitorSeatId } = visit
    if (!shape.isAdmitted) continue
    const of = { visitId, seatId: visitorSeatId } as never
    if (shape.visitClass !== 'privileged') await wall.call('checkSeat', of)
    await wall.call('admitSeat', of)
  }
  wall.close()
  return {
    visitIds: opened.map(({ visitId }) => visitId),
    seats: opened.map(({ visitor, inmate }) => ({ visitor, inmate })),
    close: () => {
      for (const visit of opened) visit.close()
    },
  }
}

function worldOf({ db, origin }: Where) {
  return { db, clock, origin: () => origin } as never
}

async function openVisit(where: Where, { facilityId }: WallPlace, shape: WallVisitShape) {
  const { visitId, seatIds, cookies } = await storeVisit(where.db, facilityId, shape)
  const visitor = await connectSeat(worldOf(where), cookies.visitor)
  const inmate = await connectSeat(worldOf(where), cookies.inmate)
  const { hasSound } = shape
  const senders = [
    await join(visitor, { visitId, layers: shape.visitor, hasSound }),
    await join(inmate, { visitId, layers: shape.inmate, hasSound }),
  ]
  return {
    ...{ visitId, visitor, inmate, visitorSeatId: seatIds.visitor },
    close() {
      for (const sender of senders) sender?.close()
      visitor.close()
      inmate.close()
    },
  }
}

type Sending = Pick<WallVisitShape, 'hasSound'> & {
  readonly visitId: string
  readonly layers: readonly Clip[]
}

async function join(client: SeatClient, { visitId, layers, hasSound }: Sending) {
  const { media } = await client.call('join', { visitId, holdingEpoch: null })
  if (layers.length === 0) return null
  const { epoch, routerRtpCapabilities: rtpCapabilities } = media
  return openClipSender(
    {
      open: async () => (await client.call('openMedia', { epoch, rtpCapabilities })).send,
      connect: (transportId, { dtlsParameters }) =>
        client.call('connectTransport', { transportId, dtlsParameters }),
      produce: (kind, rtpParameters) => client.call('createProducer', { kind, rtpParameters }),
    },
    { name: visitId, layers, hasSound },
  )
}

async function storeVisit(db: Database, facilityId: string, shape: WallVisitShape) {
  const { language, visitClass, wing, terminalName } = shape
  const person = ([givenName, familyName]: readonly [string, string]) => ({ givenName, familyName })
  const visitor = await insertVisitor(db, { ...person(shape.visitorName), language })
  const inmate = await insertInmate(db, {
    ...person(shape.inmateName),
    ...{ facilityId, language, wing },
  })
  const { terminalId } = await insertTerminal(db, { facilityId, wing, name: terminalName })
  const { visitorId } = visitor
  const { inmateId } = inmate
  await insertRelationship(db, {
    visitorId,
    inmateId,
    ...(await bondOf(db, visitorId, visitClass)),
  })
  const { visit, seats } = await insertVisit(db, {
    ...{ facilityId, terminalId, inmateId, visitClass, visitorIds: [visitorId] },
    isRecorded: shape.isRecorded,
    endsAt: new Date(Date.now() + HOUR_MS),
  })
  const account = await insertAccount(db, { role: 'visitor', visitorId })
  const device = await deviceCookie(db, terminalId)
  const { visitId } = visit
  const world = { db, clock } as never
  const seatOf = (party: string) => seats.find((seat) => seat.party === party)?.seatId ?? ''
  return {
    visitId,
    seatIds: { visitor: seatOf('VISITOR') },
    cookies: {
      visitor: await accountCookie(world, account.accountId),
      inmate: await inmateCookie(world, { device, inmateId, terminalId, visitId }),
    },
  }
}

/** Who comes as a lawyer or an official is one, by a register. */
async function bondOf(db: Database, visitorId: string, visitClass: VisitClass) {
  const kind = KIND_OF[visitClass]
  if (kind === 'SIBLING') return { kind }
  const registerNumber = visitorId
  await db.professional.create({
    data: {
      ...{ visitorId, kind, registerName: 'Register', registerNumber, state: 'VERIFIED' },
      ...{ verifiedAt: new Date(), verifiedBy: visitorId },
    },
  })
  return { kind }
}

const KIND_OF = { social: 'SIBLING', official: 'OFFICIAL', privileged: 'LAWYER' } as const
const HOUR_MS = 3_600_000
