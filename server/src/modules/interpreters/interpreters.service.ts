import { Refusal } from '@visavis/contract/errors'
import { fullNameOf } from '@visavis/contract/person-names'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { Booking } from '../booking/index.ts'
import type { Eligibility } from '../eligibility/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { interpretersRepo as repo } from './interpreters.repo.ts'
import type { InterpretedVisit } from './interpreters.repo.ts'

type Deps = {
  readonly booking: Pick<Booking, 'lockPeople'>
  readonly eligibility: Pick<Eligibility, 'assess'>
  readonly audit: Audit
}
type Act = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly visitId: string
}

/** Use cases of interpreters: people in a visit who are there for those who meet. */
export type InterpretersService = ReturnType<typeof createInterpretersService>

export function createInterpretersService(deps: Deps) {
  return {
    /** Who interprets in a visit of the own facility; who was taken out is gone. */
    list: async (tx: Tx, { actor, visitId }: Omit<Act, 'requestId'>) => {
      const visit = await repo.visit(tx, visitId)
      if (!visit || visit.facilityId !== actor.facilityId) throw new Refusal('VISIT_NOT_FOUND')
      const there = visit.seats.filter(
        ({ role, state }) => role === 'INTERPRETER' && state !== 'REMOVED',
      )
      return {
        interpreters: there.map(({ seatId, state, visitor }) => ({
          ...{ seatId, state },
          name: visitor ? fullNameOf(visitor) : '',
        })),
      }
    },
    /**
     * Gives a confirmed visit an interpreter. They need no relationship to the inmate; that nobody keeps
     * them from the others is looked at as for everybody (EL-7), now and at the door.
     */
    add: async (tx: Tx, { email, ...act }: Act & { readonly email: string }) => {
      const person = await repo.person(tx, email)
      if (person === null) throw new Refusal('NOT_FOUND')
      if (person.verification !== 'VERIFIED') throw new Refusal('VISITOR_NOT_VERIFIED')
      const { visitorId } = person
      await deps.booking.lockPeople(tx, [visitorId], 'shared')
      const visit = await ownVisit(tx, act)
      requireAhead(visit)
      if (visit.seats.some((seat) => seat.visitorId === visitorId)) {
        throw new Refusal('ALREADY_DECIDED')
      }
      if (await repo.isBusy(tx, visitorId, visit)) throw new Refusal('VISITOR_BUSY')
      const seatId = await repo.add(tx, visit, visitorId)
      await requireTogether(tx, visit, { visitorId, eligibility: deps.eligibility })
      await finish(tx, deps.audit, { ...act, seatId, action: 'seat.addInterpreter' })
      return { seatId, name: fullNameOf(person) }
    },
    /** Takes one out again who has not come; whoever has, is an officer's to let in or not. */
    remove: async (tx: Tx, { seatId, ...act }: Act & { readonly seatId: string }) => {
      const visit = await ownVisit(tx, act)
      const seat = visit.seats.find((each) => each.seatId === seatId)
      if (seat?.role !== 'INTERPRETER' || seat.visitorId === null) {
        throw new Refusal('SEAT_NOT_FOUND')
      }
      const { visitorId } = seat
      const isRemoved = await repo.remove(tx, { visitId: visit.visitId, seatId, visitorId })
      if (!isRemoved) throw new Refusal('SEAT_WRONG_STATE')
      await finish(tx, deps.audit, { ...act, seatId, action: 'seat.removeInterpreter' })
      return {}
    },
  }
}

/** The visit, locked; another facility's is none (TR-3). */
async function ownVisit(tx: Tx, { actor, visitId }: Act): Promise<InterpretedVisit> {
  await repo.lock(tx, visitId)
  const visit = await repo.visit(tx, visitId)
  if (!visit || visit.facilityId !== actor.facilityId) throw new Refusal('VISIT_NOT_FOUND')
  return visit
}

function requireAhead({ bookingState, session }: InterpretedVisit): void {
  const isOver = session === null || session.state === 'ENDED'
  if (bookingState !== 'CONFIRMED' || isOver) throw new Refusal('VISIT_WRONG_STATE')
}

/** What keeps an interpreter from others; whatever else is amiss with the family is not theirs to mend. */
const BETWEEN_PEOPLE: readonly string[] = ['RESTRICTION', 'NON_ASSOCIATION']

/** EL-7: everybody against everybody, as at the door. */
async function requireTogether(
  tx: Tx,
  { visitId, inmateId, visitClass, place, seats }: InterpretedVisit,
  { visitorId, eligibility }: { visitorId: string; eligibility: Deps['eligibility'] },
): Promise<void> {
  const { staffReport } = await eligibility.assess(tx, {
    ...{ visitId, inmateId, visitClass, place },
    visitorIds: [...seats.flatMap((seat) => seat.visitorId ?? []), visitorId],
    at: 'JOIN',
    bookedByStaff: true,
  })
  const refused = staffReport.checks.find(
    (line) =>
      line.verdict === 'REFUSED' &&
      BETWEEN_PEOPLE.includes(line.check) &&
      (line.visitorId === null || line.visitorId === visitorId),
  )
  if (refused?.code) throw new Refusal(refused.code)
}

async function finish(
  tx: Tx,
  audit: Audit,
  { actor, requestId, visitId, seatId, action }: Act & { seatId: string; action: string },
): Promise<void> {
  await repo.tellChanged(tx, visitId)
  await audit.append(tx, {
    facilityId: actor.facilityId,
    actor: auditActorOf(actor),
    action,
    object: { type: 'seat', objectId: seatId, visitId },
    outcome: 'allow',
    requestId,
  })
}
