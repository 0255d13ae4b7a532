import {
  insertAccount,
  insertInmate,
  insertRelationship,
  insertTerminal,
  insertVisit,
  insertVisitor,
} from '@visavis/prisma/seed'
import type { VisitPeople } from '../../live/support/live-people.ts'
import type { LiveWorld } from '../../live/support/live-world.ts'
import { accountCookie, deviceCookie, inmateCookie } from '../../rest/support/callers.ts'

const MINUTE_MS = 60_000

/** Another visit at the same facility, of other people; its officer is a colleague, or for `own` the same. */
export async function aVisitIn(
  world: LiveWorld,
  relation: 'own' | 'another',
  { facilityId, cookies }: VisitPeople,
): Promise<VisitPeople> {
  const { db, clock } = world
  const { visitorId } = await insertVisitor(db)
  const { inmateId } = await insertInmate(db, { facilityId })
  const { terminalId } = await insertTerminal(db, { facilityId })
  await insertRelationship(db, { visitorId, inmateId })
  const startsAt = new Date(clock.now().getTime() + MINUTE_MS)
  const given = { facilityId, terminalId, inmateId, visitorIds: [visitorId], startsAt }
  const { visit, seats } = await insertVisit(db, given)
  const { visitId } = visit
  const { accountId } = await insertAccount(db, { role: 'visitor', visitorId })
  const device = await deviceCookie(db, terminalId)
  const inmate = { device, inmateId, terminalId, visitId }
  const seatOf = (party: string) => seats.find((seat) => seat.party === party)?.seatId ?? ''
  return {
    ...{ visitId, facilityId },
    ...{ visitorSeatId: seatOf('VISITOR'), inmateSeatId: seatOf('INMATE') },
    cookies: {
      visitor: await accountCookie(world as never, accountId),
      inmate: await inmateCookie(world as never, inmate),
      officer: relation === 'own' ? cookies.officer : cookies.secondOfficer,
      secondOfficer: cookies.secondOfficer,
    },
  }
}
