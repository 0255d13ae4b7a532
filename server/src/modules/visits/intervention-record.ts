import type { InterventionKind, Texts } from '@visavis/contract/interventions'
import type { Party } from '@visavis/contract/media-graph'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import type { SeatRecord, VisitRecord } from './visit-record.ts'

/** What somebody of the staff did in a visit (OV-5), as stored; what stands has no end. */
export type InterventionRecord = {
  readonly interventionId: string
  readonly kind: InterventionKind
  readonly beganAt: Date
  /** The account that did it; null: it followed from a restriction (EL-4). */
  readonly begunBy: string | null
  /** A code of the contract. */
  readonly reason: string | null
  /** The sides it is about. */
  readonly parties: readonly Party[]
  /** What people were shown, or what the officer noted, by language. */
  readonly texts: Texts | null
  readonly readyTextId: string | null
  readonly isTyped: boolean
  /** A warning: when and how often it was shown and sounded. */
  readonly toldAt: Date | null
  readonly toldTimes: number
  /** A pause: since when an officer is asked what to do, and when one said that it stays. */
  readonly askedAt: Date | null
  readonly keptAt: Date | null
  readonly endedAt: Date | null
  readonly endedBy: string | null
  /** Who has read a warning, at whose device. */
  readonly seen: readonly { readonly seatId: string; readonly seenAt: Date }[]
}

/** One that begins now; what its kind has besides is added. */
export function begun(
  given: Pick<InterventionRecord, 'interventionId' | 'kind' | 'beganAt' | 'begunBy' | 'parties'> &
    Partial<InterventionRecord>,
): InterventionRecord {
  return { ...NOTHING_MORE, ...given }
}

const NOTHING_MORE = {
  reason: null,
  texts: null,
  readyTextId: null,
  isTyped: false,
  toldAt: null,
  toldTimes: 0,
  askedAt: null,
  keptAt: null,
  endedAt: null,
  endedBy: null,
  seen: [],
} as const satisfies Partial<InterventionRecord>

/** Those of a kind that stand. */
export function standing(
  { interventions }: Pick<VisitRecord, 'interventions'>,
  kind: InterventionKind,
): readonly InterventionRecord[] {
  return interventions.filter((one) => one.kind === kind && one.endedAt === null)
}

/** The sides whose sound is switched off. */
export function mutedParties(visit: Pick<VisitRecord, 'interventions'>): readonly Party[] {
  return standing(visit, 'MUTE').flatMap(({ parties }) => parties)
}

/** Names the officer's speech that both sides hear; null: nobody speaks. */
export function speakerIdOf(visit: Pick<VisitRecord, 'interventions'>): string | null {
  return standing(visit, 'SPEAK')[0]?.interventionId ?? null
}

const NOT_HERE: readonly SeatState[] = ['NOT_ARRIVED', 'REFUSED', 'REMOVED']

/** The devices at which a warning is to be read: whoever is at another's camera reads it there. */
export function addressees(
  { seats }: Pick<VisitRecord, 'seats'>,
  { parties }: Pick<InterventionRecord, 'parties'>,
): readonly SeatRecord[] {
  return seats.filter(
    ({ party, cameraSeatId, state }) =>
      parties.includes(party) && cameraSeatId === null && !NOT_HERE.includes(state),
  )
}

/** Where a warning is still to be read. */
export function unread(
  visit: Pick<VisitRecord, 'seats'>,
  warning: InterventionRecord,
): readonly SeatRecord[] {
  const read = new Set(warning.seen.map(({ seatId }) => seatId))
  return addressees(visit, warning).filter(({ seatId }) => !read.has(seatId))
}

/** The oldest warning that a seat has not acknowledged; null: none. */
export function warningFor(visit: VisitRecord, seatId: string): InterventionRecord | null {
  const isFor = (warning: InterventionRecord): boolean =>
    unread(visit, warning).some((seat) => seat.seatId === seatId)
  return standing(visit, 'WARN').find(isFor) ?? null
}
