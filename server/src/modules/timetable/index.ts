import type { Slot } from '@visavis/prisma'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Policy } from '../policy/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { createBlackoutsService } from './blackouts.service.ts'
import { createFillService } from './fill.service.ts'
import type { FillService } from './fill.service.ts'
import { createSeriesService } from './series.service.ts'
import type { SeriesService } from './series.service.ts'
import { slotsRepo } from './slots.repo.ts'
import { createTemplatesService } from './templates.service.ts'
import { bindTimetableRoutes } from './timetable.routes.ts'
import { createWeekService } from './week.service.ts'

export { instantOf, localDateOf, wallTimeOf } from './local-time-rules.ts'
export type { LocalDate, WallTime } from './local-time-rules.ts'
export type { SeriesSlot } from './series.service.ts'
export { occurrencesOf, seriesInstants } from './slot-rules.ts'
export type { Occurrence, SeriesInstant, SeriesRhythm, TemplateTimes } from './slot-rules.ts'

/** The horizon moves once a day, at each facility's own midnight. */
const EVERY_HOUR = '0 * * * *'

/** The timetable as other modules use it. */
export type Timetable = {
  readonly fillSlots: FillService['fillSlots']
  /** A slot as it is now; null: there is none. */
  readonly slot: (tx: Tx, slotId: string) => Promise<Slot | null>
  readonly seriesSlots: SeriesService['seriesSlots']
}

/** Puts the timetable's routes and its hourly job on the server. */
export function addTimetable(
  ground: ModuleGround,
  { policy, tasks }: { policy: Policy; tasks: Tasks },
): Timetable {
  const { bind, jobs } = ground
  const deps = { ...ground, policy, tasks }
  const { fillSlots } = createFillService(ground)
  bindTimetableRoutes(bind, {
    week: createWeekService(deps),
    templates: createTemplatesService(deps),
    blackouts: createBlackoutsService(deps),
  })
  jobs.handle('slots.fill', async () => {
    await fillSlots()
  })
  jobs.every('slots.fill', EVERY_HOUR)
  return { fillSlots, slot: slotsRepo.slot, ...createSeriesService({ policy }) }
}
