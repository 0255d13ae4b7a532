import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { listen } from '@visavis/prisma'
import type { Listening, Tx } from '@visavis/prisma'
import { fulfilBooking } from './modules/booking/index.ts'
import type { Ledger } from './modules/ledger/index.ts'
import { VISIT_HIT_CHANNEL } from './modules/life-events/index.ts'
import type { LiveVisits, VisitRecord } from './modules/visits/index.ts'

/** LV-7: what belongs to the end of a visit besides its outcome, in the same transaction. */
export function createVisitEnd(ledger: Ledger, clock: Clock) {
  return async (tx: Tx, visit: VisitRecord): Promise<void> => {
    const { visitId, session, startsAt, endsAt } = visit
    await fulfilBooking(tx, { visitId, now: clock.now() })
    if (session.outcome === null) return
    await ledger.settle(tx, {
      visitId,
      outcome: session.outcome,
      bookedMs: endsAt.getTime() - startsAt.getTime(),
      deliveredMs: session.deliveredMs,
    })
  }
}

/**
 * EL-4. Hears, from whichever server made the change, that the people of a running visit may no longer
 * meet, and looks at it at once. After a lost connection every open visit is looked at.
 */
export function hearVisitHits(parts: {
  readonly url: string
  readonly visits: LiveVisits
  readonly log: Logger
}): Promise<Listening> {
  const { url, visits, log } = parts
  const recheck = (visitId: string): void => {
    visits.recheck(visitId).catch((error: unknown) => {
      log.error({ visitId, err: error }, 'visit was not looked at again')
    })
  }
  return listen({
    url,
    channel: VISIT_HIT_CHANNEL,
    onMessage: recheck,
    onReconnected: () => visits.open().forEach(({ visitId }) => recheck(visitId)),
    onLost: (error) => log.warn({ err: error }, 'changes of people are not heard for now'),
  })
}
