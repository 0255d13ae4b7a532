import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { TransactOptions, Tx } from '../../platform/transact.ts'
import type { Eligibility } from '../eligibility/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Notices } from '../notifications/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { inAct } from './booking-act.ts'
import type { Act, BookingDeps } from './booking-act.ts'
import type { Acting, Booking, BookingListener } from './booking-api.ts'
import { readerOf, viewOf } from './booking-view.ts'
import { bookingViewRepo } from './booking-view.repo.ts'
import { bookingRepo } from './booking.repo.ts'
import { clashRefusal } from './clash.service.ts'
import { confirm, decide, extend } from './confirm.service.ts'
import { endAll, release } from './ending.service.ts'
import { expireDue } from './expiry.service.ts'
import { holdRepo } from './hold.repo.ts'
import { hold, holdRing } from './hold.service.ts'
import { placesRepo } from './places.repo.ts'
import { nearestPlaces } from './places.service.ts'
import { book, moveTerminal, rebook } from './rebook.service.ts'

/** The modules that booking uses. */
export type BookingParts = {
  readonly policy: Policy
  readonly eligibility: Eligibility
  readonly ledger: Ledger
  readonly notices: Notices
  readonly tasks: Tasks
}

/**
 * An overlap of claims (23P01) or of a slot's places (23505) is a lost race, and the next look finds
 * another terminal, or says why there is none. Under the locks of the hours it comes from another facility.
 */
export const RETRIES: TransactOptions = { retriedStates: ['23P01', '23505'], maxAttempts: 4 }

/** The core of booking (BK-1 … BK-6). */
export function createBooking(ground: ModuleGround, parts: BookingParts): Booking {
  const listeners: BookingListener[] = []
  const { clock, audit, jobs, db, transact } = ground
  const deps: BookingDeps = {
    ...parts,
    ...{ clock, audit, jobs, listeners },
    repo: bookingRepo,
    holds: holdRepo,
  }
  return {
    ...actsOf(deps),
    retries: RETRIES,
    transactFor: (ask) => async (work, options) => {
      try {
        return await transact(work, { ...RETRIES, ...options })
      } catch (error) {
        throw await clashRefusal(db, { error, ask }, deps)
      }
    },
    alternatives: (tx, ask) =>
      nearestPlaces(
        tx,
        { ...ask, isByStaff: ask.isByStaff ?? false },
        { repo: placesRepo, policy: parts.policy, clock },
      ),
    ...viewsOf(clock),
    expireDue: () => expireDue(deps, { db, transact }),
    onChanged: (listener) => void listeners.push(listener),
    lockTimes: async (tx, times) => {
      const inOrder = times.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
      for (const time of inOrder) await deps.holds.lockHours(tx, time)
    },
    lockPeople: (tx, ids, mode) =>
      deps.holds.lockPeople(tx, { shared: [], exclusive: [], [mode]: ids }),
  }
}

function viewsOf(clock: Clock): Pick<Booking, 'view' | 'viewOf'> {
  const view: Booking['viewOf'] = (row, actor) => {
    const reader = readerOf(row, actor)
    if (!reader) throw new Refusal('BOOKING_NOT_FOUND')
    return viewOf(row, reader, clock.now())
  }
  return {
    viewOf: view,
    view: async (tx, visitId, actor) => {
      const row = await bookingViewRepo.one(tx, visitId)
      if (row === null) throw new Refusal('BOOKING_NOT_FOUND')
      return view(row, actor)
    },
  }
}

type Acts = Pick<
  Booking,
  | 'hold'
  | 'holdRing'
  | 'confirm'
  | 'book'
  | 'release'
  | 'cancel'
  | 'cancelAll'
  | 'suspendAll'
  | 'decide'
  | 'extend'
  | 'rebook'
  | 'moveTerminals'
>

/** Each use case as one act. */
function actsOf(deps: BookingDeps): Acts {
  const act =
    <Ask extends Acting, Result>(work: (act: Act, ask: Ask) => Promise<Result>) =>
    (tx: Tx, ask: Ask): Promise<Result> =>
      inAct(deps, { tx, acting: ask }, (started) => work(started, ask))
  return {
    hold: act(hold),
    holdRing: act(holdRing),
    confirm: act(confirm),
    book: act(book),
    release: act(release),
    cancel: act(async (started, { visitId, ...ask }) => {
      await endAll(started, { ...ask, visitIds: [visitId], ending: 'cancel' })
    }),
    cancelAll: act((started, ask) => endAll(started, { ...ask, ending: 'cancel' })),
    suspendAll: act((started, ask) => endAll(started, { ...ask, ending: 'suspend' })),
    decide: act(decide),
    extend: act(extend),
    rebook: act(rebook),
    moveTerminals: act(async (started, { moves }) => {
      for (const move of moves) await moveTerminal(started, move)
    }),
  }
}
