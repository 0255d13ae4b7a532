import type { Role } from '@visavis/contract/http'

/** Where each role begins; null while a role has no pages of its own. */
const HOME: Readonly<Record<Role, string | null>> = {
  visitor: '/visits',
  host: '/desk',
  officer: '/wall',
  scheduler: '/office/inbox',
  facilityAdmin: '/office/inbox',
  investigator: '/recordings',
  auditor: null,
  operatorAdmin: null,
}

/** The start page of a role. */
export function homeOf(role: Role): string {
  return HOME[role] ?? '/welcome'
}
