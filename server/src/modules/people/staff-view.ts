import type { z } from 'zod'
import type { InmateRow, RestrictionView, RouteReply, VisitorRow } from '@visavis/contract/http'
import type { routes } from '@visavis/contract/http'
import { relationshipStateAt } from '@visavis/contract/relationship-lifecycle'
import type { RelationshipRow } from './relationships.repo.ts'
import type { RestrictionRow } from './restrictions.repo.ts'
import type { InmateRowData, VisitorRowData } from './rows.repo.ts'

/** A visitor in the desk's lists. */
export function visitorRowView(row: VisitorRowData): z.input<typeof VisitorRow> {
  const { visitorId, givenName, familyName, birthDate, verification } = row
  return { visitorId, givenName, familyName, birthDate, verification }
}

/** An inmate in the desk's lists. */
export function inmateRowView(row: InmateRowData): z.input<typeof InmateRow> {
  const { inmateId, inmateNumber, givenName, familyName, birthDate, wing, custody } = row
  return { inmateId, inmateNumber, givenName, familyName, birthDate, wing, custody }
}

/** A relationship as the desk sees it; a suspension or ban that has lapsed counts as lifted. */
export function relationshipView(
  row: RelationshipRow,
  now: Date,
): RouteReply<typeof routes.moveRelationship> {
  const state = relationshipStateAt(row, now)
  return {
    relationshipId: row.relationshipId,
    version: row.version,
    visitor: visitorRowView(row.visitor),
    inmate: inmateRowView(row.inmate),
    kind: row.kind,
    state,
    until: state === row.state ? (row.until?.toISOString() ?? null) : null,
    isFacilityAgreed: row.facilityApprovedAt !== null,
    isInmateAgreed: row.inmateApprovedAt !== null,
  }
}

/** A restriction with the exceptions from it. */
export function restrictionView(row: RestrictionRow): z.input<typeof RestrictionView> {
  const { restrictionId, kind, source, visitorId, inmateId, reason } = row
  return {
    ...{ restrictionId, kind, source, visitorId, inmateId, reason },
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt?.toISOString() ?? null,
    liftedAt: row.liftedAt?.toISOString() ?? null,
    overrides: row.overrides.map((override) => ({
      overrideId: override.overrideId,
      visitorId: override.visitorId,
      inmateId: override.inmateId,
      reason: override.reason,
      isGranted: override.grantedAt !== null,
      isRefused: override.refusedAt !== null,
      expiresAt: override.expiresAt.toISOString(),
    })),
  }
}
