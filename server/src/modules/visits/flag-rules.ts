import { Refusal } from '@visavis/contract/errors'
import { FLAG_AROUND_MS, FLAG_UNDO_MS } from '@visavis/contract/flag-kinds'
import type { AnyFlagCategory, FlagCategory, FlagReason } from '@visavis/contract/flag-kinds'
import type { WallVisit } from '@visavis/contract/visit'
import type { z } from 'zod'
import type { Decide } from './session-rules.ts'
import type { VisitRecord } from './visit-record.ts'

/** A moment of a visit that somebody is to look at again (OV-6), as stored. */
export type FlagRecord = {
  readonly flagId: string
  readonly category: AnyFlagCategory
  /** How it came to notice; null: the server flagged it. */
  readonly reason: FlagReason | null
  readonly note: string
  readonly at: Date
  /** The stretch around it; null of a visit that is only seen. */
  readonly fromAt: Date | null
  readonly toAt: Date | null
  /** The account; null: the server. */
  readonly flaggedBy: string | null
}

/** A flag is set, or taken back. */
export type FlagStep =
  | { readonly kind: 'flag'; readonly flag: FlagRecord }
  | { readonly kind: 'unflag'; readonly flagId: string }

type Given = Pick<FlagRecord, 'flagId' | 'flaggedBy' | 'reason' | 'note'> & {
  readonly category: AnyFlagCategory
}

/** The flag of a moment: with half a minute around it where there is sound and picture to look at. */
export function flagAt({ policy }: VisitRecord, now: Date, given: Given): FlagRecord {
  const around = (byMs: number): Date | null =>
    policy.monitor === 'AV' ? new Date(now.getTime() + byMs) : null
  return { ...given, at: now, fromAt: around(-FLAG_AROUND_MS), toAt: around(FLAG_AROUND_MS) }
}

/** An officer flags this moment (OV-6); of a visit that nobody may watch there is nothing to flag. */
export function flagVisit(
  given: Pick<FlagRecord, 'flagId' | 'note'> & {
    readonly flaggedBy: string
    readonly category: FlagCategory
    readonly reason: FlagReason
  },
): Decide {
  return ({ visit, now }) => {
    const { state } = visit.session
    if (visit.policy.monitor === 'NONE') throw new Refusal('MEDIA_POLICY_FORBIDS')
    if (state === 'ENDED') throw new Refusal('VISIT_ENDED')
    if (state === 'SCHEDULED') throw new Refusal('VISIT_WRONG_STATE')
    return [{ kind: 'flag', flag: flagAt(visit, now, given) }]
  }
}

/** The officer takes the own flag back, in its first seconds. */
export function unflagVisit(flagId: string, by: string): Decide {
  return ({ visit, now }) => {
    const flag = visit.flags.find((one) => one.flagId === flagId && one.flaggedBy === by)
    if (!flag) throw new Refusal('NOT_FOUND')
    const isOver = now.getTime() - flag.at.getTime() > FLAG_UNDO_MS
    if (isOver || visit.session.state === 'ENDED') throw new Refusal('ALREADY_DECIDED')
    return [{ kind: 'unflag', flagId }]
  }
}

/** The visit after such a step. */
export function flagged(visit: VisitRecord, step: FlagStep): VisitRecord {
  const flags =
    step.kind === 'flag'
      ? [...visit.flags, step.flag]
      : visit.flags.filter(({ flagId }) => flagId !== step.flagId)
  return { ...visit, flags }
}

/** The flags of a visit as officers see them, newest first. */
export function wallFlagsOf({ flags }: VisitRecord): z.input<typeof WallVisit>['flags'] {
  return flags
    .map(({ flagId, category, reason, note, at }) => ({
      ...{ flagId, category, reason, note },
      at: at.toISOString(),
      undoUntil: new Date(at.getTime() + FLAG_UNDO_MS).toISOString(),
    }))
    .toReversed()
}
