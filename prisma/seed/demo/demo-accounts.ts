import type { AccountRole } from '../../generated/client/enums.ts'
import { DEMO_PROFESSIONALS } from './demo-bonds.ts'
import {
  DEMO_FACILITIES,
  DEMO_FACILITY_ROLES,
  DEMO_LINK_CENTRE,
  DEMO_VISITORS,
} from './demo-data.ts'
import { stableId } from './stable-id.ts'

/** A sign-in of the demo, with its password in the clear. */
export type DemoAccount = {
  readonly accountId: string
  readonly role: AccountRole
  /** The scope in words: a facility, a link centre, a person. */
  readonly where: string
  readonly login: string
  readonly password: string
  readonly language: string
  readonly scope: {
    readonly estateId?: string
    readonly facilityId?: string
    readonly operatorId?: string
    readonly linkCentreId?: string
    readonly visitorId?: string
    readonly officerId?: string
  }
}

/** Every sign-in of the demo: one per role and facility, and one per visitor. */
export function demoAccounts(): DemoAccount[] {
  return [...visitorAccounts(), ...facilityAccounts(), ...serviceAccounts()]
}

function visitorAccounts(): DemoAccount[] {
  return DEMO_VISITORS.map((visitor, index) => ({
    accountId: stableId(`account/${visitor.email}`),
    role: 'visitor',
    where: `${visitor.givenName} ${visitor.familyName}${professionOf(visitor.key)}`,
    login: visitor.email,
    password: `visit-demo-visitor-${index + 1}`,
    language: visitor.language,
    scope: { visitorId: stableId(`visitor/${visitor.key}`) },
  }))
}

function professionOf(visitorKey: string): string {
  const professional = DEMO_PROFESSIONALS.find(({ visitor }) => visitor === visitorKey)
  return professional ? `, ${professional.kind.toLowerCase()}` : ''
}

function facilityAccounts(): DemoAccount[] {
  return DEMO_FACILITIES.flatMap((facility, index) =>
    DEMO_FACILITY_ROLES.map(({ role }) => {
      const login = `${role.toLowerCase()}@${facility.key}.example.org`
      return {
        accountId: stableId(`account/${login}`),
        role,
        where: facility.name,
        login,
        password: `visit-demo-${role.toLowerCase()}-${index + 1}`,
        language: 'en',
        scope: {
          facilityId: stableId(`facility/${facility.key}`),
          officerId: stableId(`officer/${facility.key}/${role}`),
        },
      }
    }),
  )
}

function serviceAccounts(): DemoAccount[] {
  const account = (
    role: 'host' | 'auditor' | 'operatorAdmin',
    where: string,
    scope: DemoAccount['scope'],
  ): DemoAccount => ({
    accountId: stableId(`account/${role}`),
    role,
    where,
    login: `${role.toLowerCase()}@example.org`,
    password: `visit-demo-${role.toLowerCase()}-1`,
    language: 'en',
    scope,
  })
  return [
    account('host', `${DEMO_LINK_CENTRE.name} link centre`, {
      linkCentreId: stableId(`link-centre/${DEMO_LINK_CENTRE.key}`),
    }),
    account('auditor', 'whole estate', { estateId: stableId('estate') }),
    account('operatorAdmin', 'operator', { operatorId: stableId('operator') }),
  ]
}
