import { z } from 'zod'
import { AccountId, FacilityId, LanguageTag, VisitId, ZoneName } from '../ids.ts'
import { EMPTY, ROLES, Role, route } from './route.ts'

export const Me = z.object({
  accountId: AccountId,
  role: Role,
  displayName: z.string(),
  language: LanguageTag,
  /** Set on a link centre's room device: the one visit it is signed in for. */
  onlyVisitId: VisitId.nullable(),
  facility: z.object({ facilityId: FacilityId, name: z.string(), timeZone: ZoneName }).nullable(),
})
export type Me = z.output<typeof Me>

/** Signing in and out. */
export const signInRoutes = {
  signIn: route({
    method: 'POST',
    path: '/api/sign-in',
    summary: 'Signs an account in and sets its session cookie.',
    access: { kind: 'public' },
    body: z.strictObject({
      login: z.string().min(1).max(200),
      password: z.string().min(1).max(200),
    }),
    reply: Me,
    refusals: ['SIGN_IN_REFUSED', 'TOO_MANY_REQUESTS'],
  }),
  signOut: route({
    method: 'POST',
    path: '/api/sign-out',
    summary: 'Ends the session of the cookie.',
    access: { kind: 'account', roles: ROLES },
    isForRoomDevice: true,
    reply: EMPTY,
    refusals: ['NOT_SIGNED_IN'],
  }),
  me: route({
    method: 'GET',
    path: '/api/me',
    summary: 'Who is signed in.',
    access: { kind: 'account', roles: ROLES },
    isForRoomDevice: true,
    reply: Me,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED'],
  }),
} as const
