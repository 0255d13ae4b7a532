import { Refusal } from '@visavis/contract/errors'
import type { timetableRoutes } from '@visavis/contract/http'
import type { z } from 'zod'
import type { Clock } from '@visavis/platform/clock'
import type { Database, Slot } from '@visavis/prisma'
import type { AccountActor } from '../identity/index.ts'
import type { FacilityRules, Policy } from '../policy/index.ts'
import { isBlackedOut } from './blackout-rules.ts'
import type { BlackoutStretch } from './blackout-rules.ts'
import { blackoutsRepo } from './blackouts.repo.ts'
import { dateOf, dayOf, instantOf, mondayOf } from './local-time-rules.ts'
import { slotsRepo } from './slots.repo.ts'
import { templatesRepo } from './templates.repo.ts'
import { blackoutView, slotView, templateView } from './timetable-views.ts'
import type { SlotViewInput } from './timetable-views.ts'
import { weekRepo } from './week.repo.ts'

/** The week view in the wire's form. */
export type WeekInput = z.input<typeof timetableRoutes.timetable.reply>
type Deps = { readonly db: Database; readonly clock: Clock; readonly policy: Policy }

const DAYS_A_WEEK = 7

/** One week of a facility, as its staff see it. */
export type WeekService = ReturnType<typeof createWeekService>

export function createWeekService({ db, clock, policy }: Deps) {
  return {
    /** The week of a local date, from Monday on, on the facility's wall clock. */
    weekOf: async ({ facilityId }: AccountActor, date: string): Promise<WeekInput> => {
      if (facilityId === null) throw new Refusal('FORBIDDEN')
      const facility = await policy.ofFacility(db, facilityId)
      const weekOf = dateOf(mondayOf(dayOf(date)))
      const stretch = weekStretch(weekOf, facility.timeZone)
      const places = await weekRepo.places(db, facilityId)
      const templates = await templatesRepo.validFrom(db, facilityId, weekOf)
      const blackouts = await blackoutsOver(db, { facility, places, stretch })
      const slots = await slotsIn(db, { facilityId, stretch, now: clock.now() })
      return {
        facility: { facilityId, name: facility.name, timeZone: facility.timeZone },
        weekOf,
        ...places,
        templates: templates.map(templateView),
        slots: slots.map(seenUnder(blackouts, places.wings)),
        blackouts: blackouts.map(blackoutView),
      }
    },
  }
}

type Week = { readonly startsAt: Date; readonly endsAt: Date }

function weekStretch(monday: string, zone: string): Week {
  const next = dateOf(dayOf(monday) + DAYS_A_WEEK)
  return {
    startsAt: instantOf({ date: monday, minute: 0 }, zone),
    endsAt: instantOf({ date: next, minute: 0 }, zone),
  }
}

function blackoutsOver(
  db: Database,
  given: {
    facility: FacilityRules
    places: Awaited<ReturnType<typeof weekRepo.places>>
    stretch: Week
  },
) {
  const { facilityId, estateId } = given.facility
  const terminalIds = given.places.terminals.map(({ terminalId }) => terminalId)
  return blackoutsRepo.over(db, { facilityId, estateId, terminalIds }, given.stretch)
}

type UsedSlot = Slot & { readonly used: number }

/** A closed slot is shown as long as somebody is in it. */
async function slotsIn(
  db: Database,
  { facilityId, stretch, now }: { facilityId: string; stretch: Week; now: Date },
): Promise<UsedSlot[]> {
  const { startsAt: from, endsAt: to } = stretch
  const slots = await slotsRepo.within(db, facilityId, { from, to })
  const used = await slotsRepo.used(
    db,
    slots.map(({ slotId }) => slotId),
    now,
  )
  return slots
    .map((slot) => ({ ...slot, used: used.get(slot.slotId) ?? 0 }))
    .filter((slot) => slot.closedAt === null || slot.used > 0)
}

function seenUnder(blackouts: readonly BlackoutStretch[], wings: readonly string[]) {
  return ({ used, ...slot }: UsedSlot): SlotViewInput =>
    slotView(slot, { used, isBlackedOut: isBlackedOut(slot, blackouts, wings) })
}
