import { Prisma } from '@visavis/prisma'

/** Ids and instants that the facts are looked up by; null where nothing was named. */
export type FactsAsk = {
  readonly inmateId: string
  readonly visitorIds: readonly string[]
  /** Who must have been told of the inmate for the inmate to be there (EL-2); null: nobody in particular. */
  readonly askedBy: string | null
  readonly slotId: string | null
  readonly visitId: string | null
  readonly linkCentreId: string | null
  readonly startsAt: Date | null
  readonly endsAt: Date | null
  /** Whether what is left of the inmate's quota is looked at. */
  readonly needsAccount: boolean
  readonly now: Date
}

/**
 * Parts of the one statement that gathers the facts. They stand beside the common tables `i` (the inmate
 * with the facility), `s` (the slot) and `t` (the time of the visit), each of one row or none.
 */

const ids = (of: readonly string[]): Prisma.Sql => Prisma.sql`${[...of]}::uuid[]`

/** The slot, and how many visits take a place in it. */
export function slotSql(ask: Pick<FactsAsk, 'slotId' | 'visitId' | 'now'>): Prisma.Sql {
  return Prisma.sql`
    SELECT slot_id AS "slotId", facility_id AS "facilityId", starts_at AS "startsAt",
      ends_at AS "endsAt", visit_class AS "visitClass", booking_mode AS "bookingMode", capacity,
      wings, closed_at IS NOT NULL AS "isClosed", (
        SELECT count(*) FROM visit
        WHERE visit.slot_id = slot.slot_id
          AND booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED')
          AND (booking_state <> 'HELD' OR hold_expires_at > ${ask.now}::timestamptz)
          AND visit_id IS DISTINCT FROM ${ask.visitId}::uuid) AS used
    FROM slot WHERE slot_id = ${ask.slotId}::uuid`
}

/** Each visitor asked about, in the order asked, with the bond to the inmate and the profession. */
export function visitorsSql({ visitorIds, inmateId, visitId }: FactsAsk): Prisma.Sql {
  return Prisma.sql`(
    SELECT jsonb_agg(jsonb_build_object(
      'visitorId', asked.visitor_id, 'verification', COALESCE(visitor.verification, 'MISSING'),
      'isInterpreter', EXISTS (SELECT 1 FROM seat WHERE seat.visit_id = ${visitId}::uuid
        AND seat.visitor_id = asked.visitor_id AND seat.role = 'INTERPRETER'),
      'birthDate', visitor.birth_date, 'hasConsent', visitor.consent_ended_at IS NULL,
      'relationship', bond.facts,
      'professional', CASE WHEN professional.state IS NULL THEN NULL ELSE jsonb_build_object(
        'state', professional.state, 'validUntil', professional.valid_until) END
      ) ORDER BY asked.place)
    FROM unnest(${ids(visitorIds)}) WITH ORDINALITY AS asked (visitor_id, place)
    LEFT JOIN visitor USING (visitor_id)
    LEFT JOIN professional USING (visitor_id)
    LEFT JOIN LATERAL (
      SELECT jsonb_build_object('relationshipId', relationship_id, 'kind', kind, 'state', state,
        'isFacilityApproved', facility_approved_at IS NOT NULL,
        'isInmateApproved', inmate_approved_at IS NOT NULL, 'until', until) AS facts
      FROM relationship
      WHERE relationship.visitor_id = asked.visitor_id
        AND relationship.inmate_id = ${inmateId}::uuid
      ORDER BY state IN ('REJECTED', 'ENDED'), created_at DESC LIMIT 1) bond ON true)`
}

/** Restrictions that name the inmate or a visitor, with the exceptions granted for this inmate (EL-5). */
export function restrictionsSql({ visitorIds, inmateId, now }: FactsAsk): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT jsonb_agg(jsonb_build_object(
      'restrictionId', restriction_id, 'facilityId', facility_id, 'kind', kind, 'source', source,
      'visitorId', visitor_id, 'inmateId', inmate_id, 'startsAt', starts_at, 'endsAt', ends_at,
      'overrides', COALESCE((
        SELECT jsonb_agg(jsonb_build_object('visitorId', o.visitor_id, 'expiresAt', o.expires_at))
        FROM restriction_override o
        WHERE o.restriction_id = restriction.restriction_id AND o.granted_at IS NOT NULL
          AND o.inmate_id = ${inmateId}::uuid), '[]')) ORDER BY restriction_id)
    FROM restriction
    WHERE (inmate_id = ${inmateId}::uuid OR visitor_id = ANY (${ids(visitorIds)}))
      AND lifted_at IS NULL AND (ends_at IS NULL OR ends_at > ${now}::timestamptz)), '[]')`
}

/**
 * EL-7. Pairs within the party, in either order; and inmates kept apart from this one whose visit in the
 * same wing, turnaround included, touches the time.
 */
export function nonAssociationsSql({ visitorIds, inmateId, visitId }: FactsAsk): Prisma.Sql {
  const party = ids([inmateId, ...visitorIds])
  return Prisma.sql`COALESCE((
    SELECT jsonb_agg(jsonb_build_object('nonAssociationId', non_association_id)
      ORDER BY non_association_id)
    FROM non_association apart
    WHERE (one_id = ANY (${party}) OR other_id = ANY (${party})) AND lifted_at IS NULL
      AND ((one_id = ANY (${party}) AND other_id = ANY (${party})) OR EXISTS (
        SELECT 1 FROM visit JOIN terminal USING (terminal_id), i, t
        WHERE ${inmateId}::uuid IN (one_id, other_id)
          AND visit.inmate_id IN (one_id, other_id) AND visit.inmate_id <> ${inmateId}::uuid
          AND visit.booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED')
          AND visit.facility_id = i."facilityId" AND terminal.wing = i.wing
          AND visit.starts_at < t."endsAt" AND visit.busy_until > t."startsAt"
          AND visit.visit_id IS DISTINCT FROM ${visitId}::uuid))), '[]')`
}

/** BK-12. What stops visits at the facility, its operator or its estate, and is not lifted. */
export const suspensionsSql = Prisma.sql`COALESCE((
  SELECT jsonb_agg(jsonb_build_object('suspensionId', suspension_id, 'classes', classes,
    'startsAt', starts_at) ORDER BY suspension_id)
  FROM suspension, i
  WHERE lifted_at IS NULL AND (suspension.facility_id = i."facilityId"
    OR suspension.operator_id = i."operatorId" OR suspension.estate_id = i."estateId")), '[]')`

/** What closes the estate, facility, wing or link centre at that time. */
export function blackoutsSql({ linkCentreId }: FactsAsk): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT jsonb_agg(jsonb_build_object('blackoutId', blackout_id, 'scope', scope,
      'startsAt', starts_at, 'endsAt', ends_at) ORDER BY blackout_id)
    FROM blackout, i, t
    WHERE lifted_at IS NULL AND starts_at < t."endsAt" AND ends_at > t."startsAt"
      AND CASE scope
        WHEN 'ESTATE' THEN blackout.estate_id = i."estateId"
        WHEN 'FACILITY' THEN blackout.facility_id = i."facilityId"
        WHEN 'WING' THEN blackout.facility_id = i."facilityId" AND blackout.wing = i.wing
        WHEN 'LINK_CENTRE' THEN link_centre_id = ${linkCentreId}::uuid
        ELSE false END), '[]')`
}

export function linkCentreSql({ linkCentreId }: FactsAsk): Prisma.Sql {
  return Prisma.sql`(
    SELECT jsonb_build_object('linkCentreId', link_centre_id, 'estateId', estate_id,
      'timeZone', time_zone, 'openingHours', opening_hours)
    FROM link_centre WHERE link_centre_id = ${linkCentreId}::uuid)`
}

/**
 * The inmate's other social visits of the local year that count, where the law counts any: booked, or
 * held, or had; not those that facility or platform failed to give (LV-7).
 */
export function diarySql({ inmateId, visitId, now }: FactsAsk): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT jsonb_agg(jsonb_build_object('startsAt', starts_at, 'endsAt', ends_at) ORDER BY starts_at)
    FROM t, i, visit LEFT JOIN visit_session session USING (visit_id)
    WHERE visit.inmate_id = ${inmateId}::uuid AND visit.visit_class = 'social'
      AND visit.starts_at >= date_trunc('year', t."startsAt", i."timeZone")
      AND visit.starts_at < date_trunc('year', t."startsAt", i."timeZone") + interval '367 days'
      AND booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED', 'FULFILLED')
      AND (booking_state <> 'HELD' OR hold_expires_at > ${now}::timestamptz)
      AND visit_id IS DISTINCT FROM ${visitId}::uuid
      AND (session.outcome IS NULL OR session.outcome NOT IN ('FACILITY_CANCELLED',
        'NO_SHOW_INMATE', 'INMATE_REFUSED', 'FAILED_TECH_FACILITY', 'FAILED_TECH_PLATFORM'))
      AND EXISTS (
        SELECT 1 FROM jurisdiction_rule law WHERE law.jurisdiction IN (i.jurisdiction, 'UN')
          AND law.code IN ('visitsPerDay', 'visitsPerMonth', 'visitsPerYear', 'minutesPerMonth'))
    ), '[]')`
}

/** Who of the party has another visit then; a hold that is over blocks nobody (BK-2). */
export function busySql({ inmateId, visitorIds, visitId, now }: FactsAsk): Prisma.Sql {
  // Person by person: the constraint's index has no way to look for several at once.
  return Prisma.sql`COALESCE((
    SELECT jsonb_agg(person.id)
    FROM t, (
      SELECT 'INMATE'::resource_kind AS kind, ${inmateId}::uuid AS id
      UNION ALL SELECT 'VISITOR', unnest(${ids(visitorIds)})) person
    WHERE EXISTS (
      SELECT 1 FROM resource_claim claim
      WHERE claim.kind = person.kind AND claim.resource_id = person.id
        AND claim.during && tstzrange(t."startsAt", t."endsAt")
        AND claim.state IN ('HELD', 'BOOKED')
        AND (claim.state = 'BOOKED' OR claim.hold_expires_at > ${now}::timestamptz)
        AND claim.visit_id IS DISTINCT FROM ${visitId}::uuid)), '[]')`
}
