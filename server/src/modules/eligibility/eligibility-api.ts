import type { ErrorCode } from '@visavis/contract/errors'
import type { VisitClass } from '@visavis/contract/media-policy'
import type { Database } from '@visavis/prisma'
import type { Tx } from '../../platform/transact.ts'
import type { CheckPoint, Stretch } from './eligibility-facts.ts'
import type { Report } from './telling-rules.ts'

/** Whose visit it is about, and when and where it would be. */
export type EligibilityAsk = {
  readonly at: CheckPoint
  readonly inmateId: string
  readonly visitorIds: readonly string[]
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly slotId?: string | undefined
  /** Without a slot: the visit's own time, for example of a ring (BK-8). */
  readonly during?: Stretch | undefined
  /** Without a slot or visit; a slot's or visit's own class counts. Default social. */
  readonly visitClass?: VisitClass | undefined
  readonly linkCentreId?: string | undefined
  /** A visit whose own claims, place and booking do not count against it. */
  readonly visitId?: string | undefined
  /** That visit is paid for (BK-9): what is left of the quota says nothing about it. */
  readonly isPaid?: boolean | undefined
  /** The visitor who asks, and hears nothing about others (EL-8); absent with several visitors: none of them. */
  readonly askedBy?: string | undefined
  readonly bookedByStaff?: boolean | undefined
}

/** What the rules say of a visit. */
export type Assessment = {
  /** For whoever asked: nothing in it is about others (EL-8). */
  readonly report: Report
  /** The same with the true reasons; for the facility's own staff only. */
  readonly staffReport: Report
  /** In the order of the checks, as it may be told to whoever books. */
  readonly firstRefusal: { readonly code: ErrorCode; readonly liftsAt: string | null } | null
  /** The booking goes on as REQUESTED: a person decides (EL-9, BK-3). */
  readonly needsApproval: boolean
}

/** "Why can't I book?", for the page, the API, bookings, and whoever checks them again. */
export type Eligibility = {
  readonly assess: (on: Tx | Database, ask: EligibilityAsk) => Promise<Assessment>
  /** Throws the first refusal, with the report and the instant at which it lifts. */
  readonly require: (on: Tx | Database, ask: EligibilityAsk) => Promise<Assessment>
  /** Looks again at every visit that starts within 24 hours (EL-4), each once; resolves with their number. */
  readonly recheck: (now: Date) => Promise<number>
}
