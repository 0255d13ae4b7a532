import type { Limits } from '@visavis/contract/limits'
import type { VisitClass } from '@visavis/contract/media-policy'
import type { FactsRow } from './facts-row.ts'

/**
 * When it is asked: some rules bind only who still chooses, others for as long as the visit is to come.
 * EXPLAIN is for a visit that is wished for, REVIEW for a booking that stands.
 */
export type CheckPoint = 'EXPLAIN' | 'REVIEW' | 'HOLD' | 'CONFIRM' | 'RECHECK' | 'JOIN'

/** Half-open, in UTC. */
export type Stretch = { readonly startsAt: Date; readonly endsAt: Date }

export type VisitorFact = FactsRow['visitors'][number]
export type RelationshipFact = NonNullable<VisitorFact['relationship']>
export type RestrictionFact = FactsRow['restrictions'][number]
export type BlackoutFact = FactsRow['blackouts'][number]
export type SlotFact = NonNullable<FactsRow['slot']>
export type LinkCentreFact = NonNullable<FactsRow['linkCentre']>

/** The numbers of the facility's policy that bear on eligibility; durations in milliseconds. */
export type PolicyFact = {
  readonly maxVisitors: number
  readonly adultAge: number
  readonly noticeMs: number
  readonly horizonMs: number
  readonly registerMaxAgeMs: number | null
}

export type InmateFact = Pick<NonNullable<FactsRow['inmate']>, 'inmateId' | 'wing' | 'custody'> & {
  readonly facility: {
    readonly facilityId: string
    readonly estateId: string
    readonly timeZone: string
    readonly jurisdiction: string
    readonly registerSeenAt: Date | null
    readonly policy: PolicyFact
    /** The law on the day of the visit. */
    readonly limits: Limits
  }
}

/** Things that are left at the time of the slot; null: the visit needs none. */
export type FreeFact = {
  readonly terminals: number
  readonly monitorSeats: number | null
  readonly escorts: number | null
  readonly rooms: number | null
}

export type QuotaFact = {
  readonly left: number | null
  readonly renewsAt: Date | null
  readonly creditMs: number
}

type Gathered = 'restrictions' | 'nonAssociations' | 'suspensions' | 'blackouts' | 'busyIds'

/** Everything the rules decide on; nothing here is decided. */
export type EligibilityFacts = Readonly<Pick<FactsRow, Gathered>> & {
  readonly at: CheckPoint
  readonly now: Date
  readonly visitClass: VisitClass
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly isBookedByStaff: boolean
  /** Null: there is no such inmate, or whoever asks may not know (EL-2). */
  readonly inmate: InmateFact | null
  /** In the order asked. */
  readonly visitors: readonly VisitorFact[]
  /** Undefined: none was asked for; null: there is none of that id. */
  readonly slot: SlotFact | null | undefined
  /** When the visit would be, or is; null: no time was named. */
  readonly during: Stretch | null
  /** Null: none was asked for, or there is none of that id. */
  readonly linkCentre: LinkCentreFact | null
  readonly diary: readonly Stretch[]
  /** Null: not asked for. */
  readonly quota: QuotaFact | null
  readonly free: FreeFact | null
}
