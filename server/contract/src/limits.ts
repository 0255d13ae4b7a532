import { z } from 'zod'

const count = z.number().int().min(1)
const days = z.number().int().min(1)

/** What a minute of video may cost, by kind and size of the place; cents, to reckon without fractions. */
const PriceCaps = z.object({
  currency: z.string().length(3),
  /** The part of each price that may go to the facility; null: nothing is said of it. */
  facilityShareCents: z.number().int().min(0).nullable(),
  caps: z
    .array(
      z.object({
        place: z.enum(['PRISON', 'JAIL']),
        /** People held on an average day: at least, and fewer than (null: any number). */
        fromPopulation: z.number().int().min(0),
        belowPopulation: z.number().int().min(1).nullable(),
        cents: z.number().int().min(0),
      }),
    )
    .min(1),
})

/**
 * Every legal limit we know a use for, with the shape of its value in `JurisdictionRule`. The numbers
 * themselves are rows with dates and sources, never code. Counts are of social visits; a guarantee is
 * what a facility may not go below, the others what it may not go beyond.
 */
export const LIMIT_SHAPES = {
  maxVisitMinutes: count,
  /** People on the visitor side, children included; and grown-ups among them. */
  maxPeople: count,
  maxAdults: count,
  /** From which age somebody may lead a visit. */
  leadVisitorAge: count,
  visitsPerDay: count,
  visitsPerMonth: count,
  visitsPerYear: count,
  /** Calendar months, at the facility. */
  minutesPerMonth: count,
  guaranteedVisitsPerFourWeeks: count,
  guaranteedVisitsPerYear: count,
  /** Social visits: whether they may be recorded at all. */
  isRecordingAllowed: z.boolean(),
  maxRetentionDays: days,
  /** The least that must be seen and heard of a social visit, and the most of a privileged one. */
  minMonitor: z.enum(['AV', 'SIGHT_ONLY']),
  maxPrivilegedMonitor: z.enum(['SIGHT_ONLY', 'NONE']),
  /** Whether people must be identified before the inmate is seen. */
  mustIdentifyBeforePicture: z.boolean(),
  /** Whether each call of somebody on remand needs a permission of its own, and how soon it is to be had. */
  needsPermissionOnRemand: z.boolean(),
  permissionWorkingDays: days,
  maxPricePerMinute: PriceCaps,
  areFeesAllowed: z.boolean(),
  inactiveBalanceDays: days,
  /** From how many people held relay services and direct sign-language video must be offered. */
  relayServicesFromPopulation: count,
} as const

/** Codes of {@link LIMIT_SHAPES}. */
export type LimitCode = keyof typeof LIMIT_SHAPES
export const LIMIT_CODES = Object.keys(LIMIT_SHAPES) as [LimitCode, ...LimitCode[]]
export const LimitCode = z.enum(LIMIT_CODES)

/** The limits in force somewhere on some day; what the law is silent on is absent. */
export type Limits = {
  readonly [Code in LimitCode]?: z.output<(typeof LIMIT_SHAPES)[Code]>
}

/** Jurisdictions that a facility can be under; `UN` is what holds everywhere. */
export const JURISDICTIONS = ['GB-EAW', 'GB-SCT', 'NZ', 'US', 'RU', 'UN'] as const
export type Jurisdiction = (typeof JURISDICTIONS)[number]

/** EL-6. From which age a visitor may lead others: the facility's, or the law's where that is higher. */
export function leadAgeUnder(rules: {
  readonly policy: { readonly adultAge: number }
  readonly limits: Limits
}): number {
  const { adultAge } = rules.policy
  return Math.max(adultAge, rules.limits.leadVisitorAge ?? adultAge)
}

/** RC-7. For how many days recordings of a class are kept: the facility's rule, or the law's where that is shorter. */
export function retentionDaysUnder(
  rules: {
    readonly policy: {
      readonly retentionDays: { readonly social: number; readonly official: number }
    }
    readonly limits: Limits
  },
  visitClass: 'social' | 'official',
): number {
  const days = rules.policy.retentionDays[visitClass]
  return Math.min(days, rules.limits.maxRetentionDays ?? days)
}

const DAY_MS = 86_400_000

/** Until when a visit's recordings are kept, if nothing holds them (RC-7): whole days after its end. */
export function keptUntil(endsAt: Date, days: number): Date {
  return new Date(endsAt.getTime() + days * DAY_MS)
}
