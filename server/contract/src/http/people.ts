import { deskPeopleRoutes } from './people-desk.ts'
import { ownPeopleRoutes } from './people-own.ts'
import { restrictionRoutes } from './restrictions.ts'

export * from './people-shapes.ts'

/** Registration, documents, relationships, restrictions, and the staff's side of each. */
export const peopleRoutes = {
  ...ownPeopleRoutes,
  ...deskPeopleRoutes,
  ...restrictionRoutes,
} as const
