import { Refusal } from '@visavis/contract/errors'
import type { BookedVisit } from './life-events.repo.ts'
import { dueBefore } from './life-events-parts.ts'
import type { LifeEventsDeps } from './life-events-parts.ts'
import type { SuspensionRow, SuspensionsRepo } from './suspensions.repo.ts'

type Deps = LifeEventsDeps & { readonly repo: SuspensionsRepo }

/**
 * The queue behind a suspension (BK-12). While it stands, bookings in its scope are stopped; once it is
 * lifted, each gets its own slot again or a person to find another. Every booking is its own transaction
 * (every fifty, when stopping), and each step finds only what is left to do: a crash costs nothing.
 */
export function createRebooking(deps: Deps) {
  return {
    run: async (suspensionId: string): Promise<void> => {
      const suspension = await deps.repo.one(suspensionId)
      if (!suspension) return
      if (suspension.liftedAt === null) await stopBookings(suspension, deps)
      else await rebookAll(suspension, suspension.liftedAt, deps)
    },
  }
}

async function stopBookings(suspension: SuspensionRow, deps: Deps): Promise<void> {
  const { repo, log } = deps
  for (const { facilityId } of await repo.facilitiesOf(suspension)) {
    const stopped = await stopFacility(facilityId, suspension, deps)
    const { suspensionId } = suspension
    if (stopped > 0) log.info({ suspensionId, facilityId, stopped }, 'bookings suspended')
  }
}

async function stopFacility(
  facilityId: string,
  { classes, startsAt }: SuspensionRow,
  { repo, booking, transact }: Deps,
): Promise<number> {
  let stopped = 0
  let afterId: string | null = null
  for (;;) {
    const scope = { classes, now: startsAt }
    const batch: { visitId: string }[] = await repo.live(facilityId, scope, afterId)
    if (batch.length === 0) return stopped
    const visitIds = batch.map(({ visitId }) => visitId)
    const ask = { visitIds, reason: 'SUSPENDED' as const, by: null }
    stopped += (await transact((tx) => booking.suspendAll(tx, ask), booking.retries)).length
    // What runs is left running and would be found for ever.
    afterId = visitIds.at(-1) ?? null
  }
}

async function rebookAll(suspension: SuspensionRow, since: Date, deps: Deps): Promise<void> {
  const visitIds = await deps.repo.waiting(suspension, { since })
  for (const visitId of visitIds) {
    if (!(await bookAgain(visitId, deps))) await askSomebody(visitId, deps)
  }
  const { suspensionId } = suspension
  deps.log.info({ suspensionId, count: visitIds.length }, 'suspended bookings gone through')
}

/** The same slot, if everything for it is free and everybody may still come. */
async function bookAgain(
  visitId: string,
  { transact, repo, booking, notices }: Deps,
): Promise<boolean> {
  try {
    await transact(async (tx) => {
      // People before visits, as whoever books by hand locks them.
      await booking.lockPeople(tx, await repo.peopleOf(visitId), 'exclusive')
      const old = await repo.takeWaiting(tx, visitId)
      if (!old) return
      if (old.slotId === null) throw new Refusal('SLOT_NOT_FOUND')
      const ask = { ...peopleOf(old), slotId: old.slotId, rebookOf: visitId, by: null }
      const { bookedBy } = old
      const booked = await booking.book(tx, { ...ask, ...(bookedBy === null ? {} : { bookedBy }) })
      const told = { visitId: booked.visitId, kind: 'BOOKING_REBOOKED' as const }
      await notices.tellParties(tx, { ...told, dedupe: 'rebooked' })
    }, booking.retries)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

async function askSomebody(
  visitId: string,
  { transact, repo, tasks, notices, clock }: Deps,
): Promise<void> {
  await transact(async (tx) => {
    const old = await repo.takeWaiting(tx, visitId)
    if (!old) return
    await tasks.open(tx, {
      facilityId: old.facilityId,
      kind: 'REBOOK_VISIT',
      visitId,
      inmateId: old.inmateId,
      suggestion: 'REBOOK',
      dueAt: dueBefore(old.startsAt, clock.now()),
    })
    await notices.tellParties(tx, { visitId, kind: 'REBOOK_OFFER', dedupe: 'lifted' })
  })
}

function peopleOf({ inmateId, guestIds, place, linkCentreId }: BookedVisit) {
  return { inmateId, visitorIds: guestIds, place, linkCentreId }
}
