import type { Database } from '@visavis/prisma'
import type { AccountRow, SignInFacts } from './identity.repo.ts'

type Times = {
  readonly authSessionId: string
  readonly expiresAt: Date
  readonly lastSeenAt: Date
  readonly endedAt: Date | null
  readonly visitId: string | null
} & Pick<SignInFacts, 'method' | 'stage' | 'provedAt' | 'isBreakGlass'> & {
    readonly monitorsUntil: Date | null
  }
type Flat = { readonly tokenHash: string } & Times &
  Omit<AccountRow, 'visitor' | 'officer' | 'facility'> &
  Names
type Names = Pick<AccountRow, 'visitor' | 'officer' | 'facility'>

/** A sign-in of an account, with the account and its person. */
export type AccountSignInRow = Times & { readonly account: AccountRow | null }

/** One statement for many: every request and socket message of every account begins with it. */
export async function accountSignIns(
  db: Database,
  tokenHashes: readonly string[],
): Promise<(AccountSignInRow | null)[]> {
  const rows = await db.$queryRaw<Flat[]>`
    SELECT s.token_hash AS "tokenHash", s.auth_session_id AS "authSessionId", s.expires_at AS "expiresAt",
      s.last_seen_at AS "lastSeenAt", s.ended_at AS "endedAt", s.visit_id AS "visitId",
      s.method::text AS method, s.stage::text AS stage, s.proved_at AS "provedAt", s.is_break_glass AS "isBreakGlass",
      s.monitors_until AS "monitorsUntil",
      a.account_id AS "accountId", a.login, a.role::text AS role, a.facility_id AS "facilityId",
      a.operator_id AS "operatorId", a.visitor_id AS "visitorId", a.officer_id AS "officerId",
      a.link_centre_id AS "linkCentreId", a.language, a.disabled_at AS "disabledAt",
      CASE WHEN v.visitor_id IS NOT NULL THEN json_build_object(
        'givenName', v.given_name, 'familyName', v.family_name) END AS visitor,
      CASE WHEN o.officer_id IS NOT NULL THEN json_build_object(
        'givenName', o.given_name, 'familyName', o.family_name) END AS officer,
      CASE WHEN f.facility_id IS NOT NULL THEN json_build_object(
        'facilityId', f.facility_id, 'name', f.name, 'timeZone', f.time_zone) END AS facility
    FROM auth_session s
    JOIN account a ON a.account_id = s.account_id
    LEFT JOIN visitor v ON v.visitor_id = a.visitor_id
    LEFT JOIN officer o ON o.officer_id = a.officer_id
    LEFT JOIN facility f ON f.facility_id = a.facility_id
    WHERE s.token_hash = ANY(${[...tokenHashes]}::text[])`
  const byHash = new Map(rows.map(({ tokenHash, ...row }) => [tokenHash, signInOf(row)]))
  return tokenHashes.map((tokenHash) => byHash.get(tokenHash) ?? null)
}

function signInOf(row: Omit<Flat, 'tokenHash'>): AccountSignInRow {
  const { authSessionId, expiresAt, lastSeenAt, endedAt, visitId, ...rest } = row
  const { method, stage, provedAt, isBreakGlass, monitorsUntil, ...account } = rest
  const facts = { method, stage, provedAt, isBreakGlass, monitorsUntil }
  return { authSessionId, expiresAt, lastSeenAt, endedAt, visitId, ...facts, account }
}
