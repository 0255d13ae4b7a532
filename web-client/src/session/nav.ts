import type { Role } from '@visavis/contract/http'

/** A page that a role comes back to, with the key of its name. */
export type NavItem = { readonly to: string; readonly label: string }

const OFFICE: readonly NavItem[] = [
  { to: '/office/inbox', label: 'nav.inbox' },
  { to: '/office/day', label: 'nav.day' },
  { to: '/office/timetable', label: 'nav.timetable' },
  { to: '/office/search', label: 'nav.search' },
  { to: '/office/movements', label: 'nav.movements' },
  { to: '/office/suspensions', label: 'nav.suspensions' },
  { to: '/terminals', label: 'nav.terminals' },
  { to: '/office/shift', label: 'nav.shift' },
]

const NAV: Readonly<Partial<Record<Role, readonly NavItem[]>>> = {
  visitor: [
    { to: '/visits', label: 'nav.visits' },
    { to: '/book', label: 'nav.book' },
    { to: '/people', label: 'nav.people' },
    { to: '/profile', label: 'nav.profile' },
    { to: '/recorded', label: 'nav.recorded' },
  ],
  scheduler: OFFICE,
  facilityAdmin: [
    ...OFFICE,
    { to: '/office/settings', label: 'nav.settings' },
    { to: '/office/ready-texts', label: 'nav.readyTexts' },
    { to: '/office/officers', label: 'nav.officers' },
    { to: '/office/accounts', label: 'nav.accounts' },
    { to: '/retention', label: 'nav.retention' },
    { to: '/exports', label: 'nav.exports' },
    { to: '/operations', label: 'nav.operations' },
    { to: '/personal-data', label: 'nav.personalData' },
  ],
  operatorAdmin: [
    { to: '/operations', label: 'nav.operations' },
    { to: '/incidents', label: 'nav.incidents' },
    { to: '/personal-data', label: 'nav.personalData' },
  ],
  investigator: [
    { to: '/recordings', label: 'nav.recordings' },
    { to: '/flags', label: 'nav.flags' },
    { to: '/retention', label: 'nav.retention' },
    { to: '/exports', label: 'nav.exports' },
  ],
  officer: [
    { to: '/wall', label: 'nav.wall' },
    { to: '/office/day', label: 'nav.day' },
    { to: '/office/movements', label: 'nav.movements' },
    { to: '/office/shift', label: 'nav.shift' },
  ],
}

/** The pages of a role, in the order of its work; none: it has one page only. */
export function navOf(role: Role): readonly NavItem[] {
  return NAV[role] ?? []
}
