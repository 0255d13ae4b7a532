import type { Tx } from '@visavis/prisma'
import type { HoldFacts } from './hold.repo.ts'

/** The same and what else these people have around that time, for one look at a full slot. */
export type PersonalFacts = HoldFacts & {
  /** How many of the visitors may visit the inmate. */
  readonly bonded: number
  /** Milliseconds since 1970. */
  readonly own: readonly { readonly startsAt: number; readonly endsAt: number }[]
}

export type PersonalAsk = {
  readonly slotId: string
  readonly inmateId: string
  readonly visitorIds: readonly string[]
}
type PersonalRow = PersonalFacts & { readonly place: number }

/** In one statement for many, without a lock: this is what a stampede costs (BK-4). */
export async function personalFacts(
  tx: Tx,
  asks: readonly PersonalAsk[],
): Promise<(PersonalFacts | null)[]> {
  const rows = await tx.$queryRaw<PersonalRow[]>`
    SELECT asked.place::int, s.slot_id AS "slotId", s.facility_id AS "facilityId",
      s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.visit_class::text AS "visitClass",
      s.booking_mode::text AS "bookingMode", i.facility_id AS "inmateFacilityId", i.wing,
      (SELECT count(*)::int FROM relationship r WHERE r.inmate_id = asked.inmate_id
        AND r.visitor_id = ANY(asked.visitors::uuid[]) AND r.state = 'APPROVED') AS bonded,
      (SELECT coalesce(json_agg(json_build_object(
          'startsAt', (extract(epoch FROM c.starts_at) * 1000)::float8,
          'endsAt', (extract(epoch FROM c.ends_at) * 1000)::float8)), '[]')
        FROM unnest(asked.inmate_id || asked.visitors::uuid[]) WITH ORDINALITY AS p (id, nth),
          LATERAL (
            SELECT starts_at, ends_at FROM resource_claim
            WHERE resource_id = p.id AND state IN ('HELD', 'BOOKED')
              AND kind = CASE WHEN p.nth = 1 THEN 'INMATE' ELSE 'VISITOR' END::resource_kind
              AND during && tstzrange(s.starts_at - interval '15 days', s.starts_at + interval '15 days')
            -- Person by person, by the constraint's index, and never everybody's claims of a month.
            OFFSET 0) c
      ) AS own
    -- In sub-selects the planner sees no lengths, so that it keeps one plan instead of making each anew.
    FROM unnest((SELECT ${asks.map(({ slotId }) => slotId)}::uuid[]),
      (SELECT ${asks.map(({ inmateId }) => inmateId)}::uuid[]),
      (SELECT ${asks.map(({ visitorIds }) => `{${visitorIds.join(',')}}`)}::text[]))
      WITH ORDINALITY AS asked (slot_id, inmate_id, visitors, place)
    JOIN slot s ON s.slot_id = asked.slot_id
    LEFT JOIN inmate i ON i.inmate_id = asked.inmate_id`
  const byPlace = new Map(rows.map((row) => [row.place, row]))
  return asks.map((_, at) => byPlace.get(at + 1) ?? null)
}
