import { z } from 'zod'

const Stretch = { startsAt: z.coerce.date(), endsAt: z.coerce.date() }
const VisitClass = z.enum(['social', 'official', 'privileged'])

/** One of those who want to come; nobody of that id is like somebody unverified and unrelated. */
const VisitorRow = z.object({
  visitorId: z.string(),
  verification: z.enum(['MISSING', 'SUBMITTED', 'VERIFIED', 'REJECTED']),
  /** `YYYY-MM-DD`; null: nobody of that id. */
  birthDate: z.string().nullable(),
  /** In the visit that is asked about, somebody who interprets and needs no bond to the inmate. */
  isInterpreter: z.boolean().optional(),
  /** Of a child under a guardian's account: that the guardian's consent stands; of others always. */
  hasConsent: z.boolean(),
  /** The live row between the two, else the last one that was. */
  relationship: z
    .object({
      relationshipId: z.string(),
      kind: z.string(),
      state: z.enum(['REQUESTED', 'APPROVED', 'REJECTED', 'SUSPENDED', 'BANNED', 'ENDED']),
      isFacilityApproved: z.boolean(),
      isInmateApproved: z.boolean(),
      /** When a suspension or ban lifts; null: not known, or for ever. */
      until: z.coerce.date().nullable(),
    })
    .nullable(),
  professional: z
    .object({
      state: z.enum(['MISSING', 'SUBMITTED', 'VERIFIED', 'REJECTED']),
      validUntil: z.coerce.date().nullable(),
    })
    .nullable(),
})

/** A restriction that names the inmate or one of the visitors and is not lifted. */
const RestrictionRow = z.object({
  restrictionId: z.string(),
  facilityId: z.string(),
  kind: z.enum(['NO_CONTACT', 'BAN', 'CHILD_PROTECTION', 'CLOSED_ONLY']),
  source: z.enum(['COURT', 'FACILITY']),
  visitorId: z.string().nullable(),
  inmateId: z.string().nullable(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date().nullable(),
  /** EL-5: exceptions that a second person has granted, for this inmate. */
  overrides: z.array(z.object({ visitorId: z.string(), expiresAt: z.coerce.date() })),
})

const SlotRow = z.object({
  slotId: z.string(),
  facilityId: z.string(),
  ...Stretch,
  visitClass: VisitClass,
  bookingMode: z.enum(['INSTANT', 'APPROVAL', 'ON_DEMAND']),
  capacity: z.number(),
  wings: z.array(z.string()),
  isClosed: z.boolean(),
  /** Visits that take a place in it. */
  used: z.number(),
})

const LinkCentreRow = z.object({
  linkCentreId: z.string(),
  estateId: z.string(),
  timeZone: z.string(),
  /** By ISO weekday, in minutes after local midnight. */
  openingHours: z.record(
    z.string(),
    z.array(z.object({ fromMinute: z.number(), toMinute: z.number() })),
  ),
})

/** The facts as PostgreSQL's JSON says them: instants are text there, and come out as dates. */
export const FactsRow = z.object({
  inmate: z
    .object({
      inmateId: z.string(),
      wing: z.string(),
      custody: z.enum(['IN_CUSTODY', 'RELEASED', 'DECEASED']),
      facilityId: z.string(),
      estateId: z.string(),
      timeZone: z.string(),
      jurisdiction: z.string(),
      registerSeenAt: z.coerce.date().nullable(),
    })
    .nullable(),
  /** With the class of the slot or visit; null where the time alone was named. */
  during: z.object({ ...Stretch, visitClass: VisitClass.nullable() }).nullable(),
  slot: SlotRow.nullable(),
  visitors: z.array(VisitorRow),
  restrictions: z.array(RestrictionRow),
  /** Two of the party, or the inmate and another who is near at that time. */
  nonAssociations: z.array(z.object({ nonAssociationId: z.string() })),
  suspensions: z.array(
    z.object({
      suspensionId: z.string(),
      classes: z.array(VisitClass),
      startsAt: z.coerce.date(),
    }),
  ),
  blackouts: z.array(
    z.object({
      blackoutId: z.string(),
      scope: z.enum(['ESTATE', 'FACILITY', 'WING', 'LINK_CENTRE']),
      ...Stretch,
    }),
  ),
  linkCentre: LinkCentreRow.nullable(),
  /** The inmate's other social visits of that local year that count. */
  diary: z.array(z.object(Stretch)),
  /** Who of the party is taken at that time by another visit. */
  busyIds: z.array(z.string()),
  /** The facility with its rules, for `Policy.asRead`. */
  facility: z.unknown(),
  account: z
    .object({ visits: z.number(), creditMs: z.number(), openedPeriods: z.array(z.string()) })
    .nullable(),
})
export type FactsRow = z.output<typeof FactsRow>
