import type { Role } from '@visavis/contract/http'
import { ROOM_HOME } from './room-device.ts'
import type { SignedInPerson } from './session.ts'

/** Where each role begins; null while a role has no pages of its own. */
const HOME: Readonly<Record<Role, string | null>> = {
  visitor: '/visits',
  host: '/desk',
  officer: '/wall',
  scheduler: '/office/inbox',
  facilityAdmin: '/office/inbox',
  investigator: '/recordings',
  auditor: '/audit',
  operatorAdmin: '/operations',
}

/** Everybody's own sign-in and security; who has nothing else begins there. */
export const SECURITY_HOME = '/security'

/** The start page of somebody's role, or of a link centre's room device. */
export function homeOf({
  role,
  onlyVisitId,
}: Pick<SignedInPerson, 'role' | 'onlyVisitId'>): string {
  if (onlyVisitId !== null) return ROOM_HOME
  return HOME[role] ?? '/welcome'
}
