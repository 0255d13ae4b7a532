import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Booking } from '../booking/index.ts'
import type { Eligibility } from '../eligibility/index.ts'
import type { Notices } from '../notifications/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Tasks } from '../tasks/index.ts'

/** The modules that life events use. */
export type LifeEventsParts = {
  readonly booking: Booking
  readonly eligibility: Eligibility
  readonly notices: Notices
  readonly policy: Policy
  readonly tasks: Tasks
}

/** All that the services of this module stand on. */
export type LifeEventsDeps = ModuleGround & LifeEventsParts

const HOUR_MS = 3_600_000
/** Something that touches a booked visit is looked at within a day, and before the visit. */
const TASK_DUE_MS = 24 * HOUR_MS

/** When a task about a visit is due: in a day, but an hour before the visit at the latest. */
export function dueBefore(startsAt: Date, now: Date): Date {
  const latestMs = Math.max(now.getTime(), startsAt.getTime() - HOUR_MS)
  return new Date(Math.min(now.getTime() + TASK_DUE_MS, latestMs))
}
