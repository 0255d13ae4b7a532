import { childRoutes } from './people-children.ts'
import { deskPeopleRoutes } from './people-desk.ts'
import { identityRoutes } from './people-identity.ts'
import { ownPeopleRoutes } from './people-own.ts'
import { restrictionRoutes } from './restrictions.ts'

export * from './people-shapes.ts'

/** Registration, documents, relationships, restrictions, and the staff's side of each. */
export const peopleRoutes = {
  ...ownPeopleRoutes,
  ...identityRoutes,
  ...childRoutes,
  ...deskPeopleRoutes,
  ...restrictionRoutes,
} as const
