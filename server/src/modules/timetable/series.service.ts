import type { Slot } from '@visavis/prisma'
import { Refusal } from '@visavis/contract/errors'
import type { Tx } from '../../platform/transact.ts'
import type { Policy } from '../policy/index.ts'
import { localDateOf } from './local-time-rules.ts'
import { seriesInstants } from './slot-rules.ts'
import type { SeriesRhythm } from './slot-rules.ts'
import { slotsRepo } from './slots.repo.ts'

/** One visit of a series: the slot that it can be booked in, or null where the template has none that day. */
export type SeriesSlot = { readonly startsAt: Date; readonly slot: Slot | null }

/** Finds the slots of weekly series. */
export type SeriesService = ReturnType<typeof createSeriesService>

export function createSeriesService({ policy }: { policy: Policy }) {
  return {
    /**
     * BK-11. The slot and those of its template n weeks apart, by the facility's calendar; `startsAt` is
     * the slot's, which a clock change may have moved. Refuses with `SLOT_NOT_FOUND`.
     */
    seriesSlots: async (
      tx: Tx,
      { slotId, ...rhythm }: SeriesRhythm & { slotId: string },
    ): Promise<SeriesSlot[]> => {
      const first = await slotsRepo.slot(tx, slotId)
      if (first === null) throw new Refusal('SLOT_NOT_FOUND')
      const { timeZone } = await policy.ofFacility(tx, first.facilityId)
      const open = await slotsRepo.openOf(tx, first.templateId, first.startsAt)
      // A template has one slot a day.
      const byDate = new Map(open.map((slot) => [localDateOf(slot.startsAt, timeZone), slot]))
      return seriesInstants(first.startsAt, timeZone, rhythm).map(({ startsAt, localDate }) => {
        const slot = byDate.get(localDate) ?? null
        return { startsAt: slot?.startsAt ?? startsAt, slot }
      })
    },
  }
}
