import type { FlowStretch } from '@visavis/contract/receipt'
import type { Outcome } from '@visavis/contract/visit'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { listen } from '@visavis/prisma'
import type { Listening, Tx } from '@visavis/prisma'
import { fulfilBooking } from './modules/booking/index.ts'
import { VISIT_HIT_CHANNEL, visitHitOf } from './modules/life-events/index.ts'
import type { EndedVisit, Receipts } from './modules/receipts/index.ts'
import type { Tasks } from './modules/tasks/index.ts'
import type { FlagReview, LiveVisits, VisitRecord } from './modules/visits/index.ts'

/** LV-7: what belongs to the end of a visit besides its moves: its outcome, its booking, its statement. */
export function createVisitEnd(receipts: Receipts, clock: Clock) {
  return {
    /** The outcome of a visit whose time is over, by evidence; `byTime`: what it is without. */
    outcomeOf: (visit: VisitRecord, { byTime, unstored }: EndSeen): Promise<Outcome> =>
      receipts.outcomeOf(endedOf(visit, { outcome: byTime, now: clock.now() }), unstored),
    /** By how much the facility let the visit begin late, in milliseconds (LV-5). */
    lateMs: (visit: VisitRecord): Promise<number> =>
      receipts.lateMs(endedOf(visit, { outcome: 'COMPLETED', now: clock.now() })),
    /** The rest, in the end's own transaction. */
    async onEnded(tx: Tx, visit: VisitRecord): Promise<void> {
      const { visitId, session } = visit
      await fulfilBooking(tx, { visitId, now: clock.now() })
      const { outcome } = session
      if (outcome === null) return
      await receipts.settle(tx, endedOf(visit, { outcome, now: clock.now() }))
    },
  }
}

/** How soon somebody who reviews recordings is to look at a flag: before the weekend it was set in is over. */
const REVIEW_WITHIN_MS = 3 * 24 * 60 * 60 * 1_000

/** OV-6: what a flag asks of whoever reviews recordings, in the flag's own transaction. */
export function createFlagReview(tasks: Tasks): FlagReview {
  return {
    open: async (tx, { facilityId, visitId }, { flagId, at }) => {
      const dueAt = new Date(at.getTime() + REVIEW_WITHIN_MS)
      const about = { facilityId, visitId, subjectId: flagId }
      await tasks.open(tx, { ...about, kind: 'FLAG_REVIEW', suggestion: 'REVIEW', dueAt })
    },
    close: (tx, flagId) =>
      tasks.close(tx, {
        ...{ kind: 'FLAG_REVIEW', subjectId: flagId, doneBy: null, resolution: 'TAKEN_BACK' },
      }),
  }
}

type EndSeen = { readonly byTime: Outcome; readonly unstored: readonly FlowStretch[] }

function endedOf(visit: VisitRecord, end: { outcome: Outcome; now: Date }): EndedVisit {
  const { visitId, session, startsAt, endsAt, seats } = visit
  const { extendedMs, madeUpMs, endedAt } = session
  const { outcome, now } = end
  // Whether an interpreter was there says nothing about whose time was lost.
  const people = seats.filter(({ role }) => role === 'PERSON')
  const ended = { visitId, startsAt, endsAt, extendedMs, madeUpMs, outcome, seats: people }
  return { ...ended, endedAt: endedAt ?? now }
}

/**
 * EL-4. Hears, from whichever server made the change, that the people of a running visit may no longer
 * meet, and looks at it at once; or that its facility's settings have changed, and reads it anew. After a lost
 * connection every open visit is looked at.
 */
export function hearVisitHits(parts: {
  readonly url: string
  readonly visits: LiveVisits
  readonly log: Logger
}): Promise<Listening> {
  const { url, visits, log } = parts
  const look = (visitId: string, how: (visitId: string) => Promise<void>): void => {
    how(visitId).catch((error: unknown) => {
      log.error({ visitId, err: error }, 'visit was not looked at again')
    })
  }
  return listen({
    url,
    channel: VISIT_HIT_CHANNEL,
    onMessage: (message) => {
      const { kind, visitId } = visitHitOf(message)
      look(visitId, kind === 'PEOPLE' ? visits.recheck : visits.acts.refresh)
    },
    onReconnected: () => visits.open().forEach(({ visitId }) => look(visitId, visits.recheck)),
    onLost: (error) => log.warn({ err: error }, 'changes of people are not heard for now'),
  })
}
