import { z } from 'zod'
import { VisitId, VisitorId } from '../ids.ts'
import { DocumentKind, IdentityFields, ProfileView } from './people-shapes.ts'
import { KEYED, SIGNED_IN, route } from './route.ts'

const ChildParams = z.object({ childId: VisitorId })

/** Children under the account of a parent or guardian, who comes with them and agrees for them. */
export const childRoutes = {
  myChildren: route({
    method: 'GET',
    path: '/api/my/children',
    summary: 'The children whose guardian the visitor is.',
    access: { kind: 'account', roles: ['visitor'] },
    reply: z.object({ children: z.array(ProfileView) }),
    refusals: SIGNED_IN,
  }),
  registerChild: route({
    method: 'POST',
    path: '/api/my/children',
    summary: 'Registers a child with its guardian’s consent; whoever is of age registers alone.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    body: z.strictObject({
      ...IdentityFields,
      /** That the guardian agrees to the child’s visits, and is allowed to. */
      hasConsent: z.literal(true),
    }),
    reply: ProfileView,
    refusals: [...SIGNED_IN, ...KEYED, 'ADULT_REQUIRED', 'TOO_MANY_OPEN_REQUESTS'],
  }),
  uploadChildDocument: route({
    method: 'PUT',
    path: '/api/my/children/:childId/documents/:kind',
    summary: 'Stores a picture of a child’s document or face, encrypted.',
    access: { kind: 'account', roles: ['visitor'] },
    isUpload: true,
    params: ChildParams.extend({ kind: DocumentKind }),
    reply: ProfileView,
    refusals: [
      ...SIGNED_IN,
      'NOT_FOUND',
      'DOCUMENT_REFUSED',
      'MESSAGE_TOO_LARGE',
      'ALREADY_DECIDED',
    ],
  }),
  submitChildDocuments: route({
    method: 'POST',
    path: '/api/my/children/:childId/documents/submission',
    summary: 'Hands a child’s documents to the staff for verification.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    params: ChildParams,
    reply: ProfileView,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'DOCUMENTS_MISSING', 'ALREADY_DECIDED'],
  }),
  setConsent: route({
    method: 'PUT',
    path: '/api/my/children/:childId/consent',
    summary:
      'Takes the consent back, or gives it again: without it the child may visit nobody, and visits to come get a task each.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    params: ChildParams,
    body: z.strictObject({ hasConsent: z.boolean() }),
    reply: z.object({ affectedVisits: z.array(VisitId) }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND'],
  }),
} as const
