import type { RelationshipKind, Tx } from '@visavis/prisma'
import type { PersonName } from '@visavis/contract/person-names'

/** An inmate whom a visitor may visit, and the family that the visitor has come with before. */
export type BookableRow = {
  readonly inmateId: string
  readonly inmate: PersonName
  readonly kind: RelationshipKind
  readonly isVerifiedProfessional: boolean
  readonly facilityId: string
  readonly facilityName: string
  readonly timeZone: string
  readonly you: PersonName
  readonly companions: readonly (PersonName & {
    readonly visitorId: string
    readonly birthDate: string
  })[]
}

/** Whom a visitor may visit. */
export const bookableInmatesRepo = {
  /**
   * Companions (EL-8: nothing about others that is not known already): approved for the same inmate, and
   * either a child whose guardian the visitor is, or registered with the visitor's own e-mail address, or
   * together with the visitor in an earlier booking that was not just a hold.
   */
  ofVisitor: (tx: Tx, visitorId: string, now: Date) => tx.$queryRaw<BookableRow[]>`
    SELECT i.inmate_id AS "inmateId", r.kind::text AS kind, f.facility_id AS "facilityId",
      f.name AS "facilityName", f.time_zone AS "timeZone",
      json_build_object('givenName', i.given_name, 'familyName', i.family_name) AS inmate,
      json_build_object('givenName', me.given_name, 'familyName', me.family_name) AS you,
      EXISTS (SELECT 1 FROM professional p
        WHERE p.visitor_id = me.visitor_id AND p.state = 'VERIFIED'
          AND (p.valid_until IS NULL OR p.valid_until > ${now})) AS "isVerifiedProfessional",
      (SELECT coalesce(json_agg(json_build_object('visitorId', c.visitor_id,
          'givenName', c.given_name, 'familyName', c.family_name,
          'birthDate', c.birth_date) ORDER BY c.given_name, c.visitor_id), '[]')
        FROM relationship cr JOIN visitor c ON c.visitor_id = cr.visitor_id
        WHERE cr.inmate_id = i.inmate_id AND cr.state = 'APPROVED'
          AND c.visitor_id <> me.visitor_id AND c.verification = 'VERIFIED'
          AND c.consent_ended_at IS NULL
          AND (c.guardian_id = me.visitor_id OR c.email_index = me.email_index OR EXISTS (
            SELECT 1 FROM seat mine JOIN seat theirs ON theirs.visit_id = mine.visit_id
              JOIN visit v ON v.visit_id = mine.visit_id
            WHERE mine.visitor_id = me.visitor_id AND theirs.visitor_id = c.visitor_id
              AND v.booking_state NOT IN ('HELD', 'EXPIRED')))) AS companions
    FROM relationship r
    JOIN visitor me ON me.visitor_id = r.visitor_id
    JOIN inmate i ON i.inmate_id = r.inmate_id
    JOIN facility f ON f.facility_id = i.facility_id
    WHERE r.visitor_id = ${visitorId}::uuid AND r.state = 'APPROVED'
      AND i.custody = 'IN_CUSTODY'
    ORDER BY i.given_name, i.inmate_id`,
}
