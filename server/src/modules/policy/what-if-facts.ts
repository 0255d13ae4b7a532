import type { Limits } from '@visavis/contract/limits'
import type { VisitClass } from '@visavis/contract/media-policy'
import type { FacilityPolicy } from '@visavis/prisma'

export type WhatIfTerminal = {
  readonly terminalId: string
  readonly name: string
  readonly wing: string
}

/** A session of the timetable; minutes after local midnight. */
export type WhatIfTemplate = {
  readonly weekday: number
  readonly startMinute: number
  readonly lengthMinutes: number
  readonly everyWeeks: number
  readonly capacity: number
  readonly visitClass: VisitClass
  readonly wings: readonly string[]
}

export type WhatIfVisit = {
  readonly visitId: string
  readonly terminalId: string
  readonly inmateId: string
  readonly visitClass: VisitClass
  readonly startsAt: Date
  readonly endsAt: Date
  readonly bookedAt: Date
  /** Of each visitor, `YYYY-MM-DD`. */
  readonly birthDates: readonly string[]
}

/** A facility as it is, for questions of what would be. */
export type WhatIfFacts = {
  readonly name: string
  readonly timeZone: string
  readonly now: Date
  readonly policy: FacilityPolicy
  readonly limits: Limits
  readonly terminals: readonly WhatIfTerminal[]
  readonly templates: readonly WhatIfTemplate[]
  /** Had or booked within the weeks that demand is measured by. */
  readonly visits: readonly WhatIfVisit[]
  readonly weeks: number
  /** Waiting for a place in the slots of those weeks. */
  readonly waiting: number
  /** Booked and still to come, however far ahead. */
  readonly bookings: readonly WhatIfVisit[]
}
