import { ownZone } from '@visavis/ui'
import { dateIn } from '@visavis/ui/time/calendar-date.ts'
import type { JourneyAct } from './journey.ts'
import type { Place } from './types.ts'

/** The act of pressing a time: it is held under a new name (BK-5), on the day that it is by one's own clock. */
export function slotChosen({ slotId, startsAt }: Place): JourneyAct {
  const day = dateIn(startsAt, ownZone())
  return { type: 'slotChosen', slotId, day, holdKey: crypto.randomUUID() }
}
