import type { Role } from '@visavis/contract/http'

/** Where each role begins; null while a role has no pages of its own. */
const HOME: Readonly<Record<Role, string | null>> = {
  visitor: '/visits',
  host: null,
  officer: '/wall',
  scheduler: '/terminals',
  facilityAdmin: '/terminals',
  investigator: '/recordings',
  auditor: null,
  operatorAdmin: null,
}

/** The start page of a role. */
export function homeOf(role: Role): string {
  return HOME[role] ?? '/welcome'
}
