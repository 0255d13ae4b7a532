import type { ErasureView, LAW_OBSTACLES } from '@visavis/contract/http'

/** What of the law stands in the way of an erasure, at which facility. */
export type LawObstacle = {
  readonly kind: (typeof LAW_OBSTACLES)[number]
  readonly facilityId: string
}

/** What decides whether somebody may be erased now. */
export type ErasureFacts = {
  readonly obstacles: readonly LawObstacle[]
  readonly hasVisitsAhead: boolean
}

/** A stored wish to be erased. */
export type ErasureRow = {
  readonly erasureId: string
  readonly visitorId: string
  readonly state: ErasureView['state']
  readonly askedAt: Date
  readonly dueAt: Date
  readonly keptReason: string | null
}

/** So long whoever was asked in somebody else's name has to notice it, by a mail or at the next sign-in. */
const COOLING_OFF_MS = 7 * 86_400_000
/** The law gives us a month from the asking; staff have what is left of it. */
const DECIDED_WITHIN_MS = 30 * 86_400_000

/** When a wish of that instant is carried out at the earliest. */
export const dueAtOf = (askedAt: Date): Date => new Date(askedAt.getTime() + COOLING_OFF_MS)

/** By when staff have to have decided it. */
export const decideBy = ({ askedAt }: Pick<ErasureRow, 'askedAt'>): Date =>
  new Date(askedAt.getTime() + DECIDED_WITHIN_MS)

/** What becomes of a wish now: nothing yet, a question to these facilities, or the erasure. */
export function nextOfErasure(
  { state, dueAt }: Pick<ErasureRow, 'state' | 'dueAt'>,
  { obstacles, hasVisitsAhead }: ErasureFacts,
  now: Date,
): { readonly kind: 'WAIT' } | { readonly kind: 'ERASE' } | AskStaff {
  if (state !== 'ASKED' || dueAt > now) return { kind: 'WAIT' }
  const facilityIds = [...new Set(obstacles.map(({ facilityId }) => facilityId))]
  if (facilityIds.length > 0) return { kind: 'ASK_STAFF', facilityIds }
  return { kind: hasVisitsAhead ? 'WAIT' : 'ERASE' }
}
type AskStaff = { readonly kind: 'ASK_STAFF'; readonly facilityIds: readonly string[] }

/** A wish as the person sees it; that a hold or restriction stands in the way is never told. */
export function erasureView(row: ErasureRow, { hasVisitsAhead }: ErasureFacts): ErasureView {
  const { erasureId, state, askedAt, dueAt } = row
  return {
    ...{ erasureId, state, hasVisitsAhead: state === 'ASKED' && hasVisitsAhead },
    ...{ askedAt: askedAt.toISOString(), dueAt: dueAt.toISOString() },
    // Stored by the contract's own schema.
    keptReason: row.keptReason as ErasureView['keptReason'],
  }
}
