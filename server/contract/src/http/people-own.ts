import { z } from 'zod'
import {
  FacilityId,
  Instant,
  LanguageTag,
  RelationshipId,
  RelationshipRequestId,
  VisitId,
  VisitorId,
  ZoneName,
} from '../ids.ts'
import { NewPassword } from './passkey-shapes.ts'
import {
  RelationshipKind,
  DocumentKind,
  PersonNameText,
  ProfileView,
  RelationshipOfMine,
} from './people-shapes.ts'
import { DESK, EMPTY, KEYED, SIGNED_IN, LocalDate, Version, route } from './route.ts'

/** Registration, documents and relationships, as visitors and inmates have to do with them. */
export const ownPeopleRoutes = {
  register: route({
    method: 'POST',
    path: '/api/registrations',
    summary:
      'Asks for an account. The answer is the same whether or not the address is known; the mail says how to go on.',
    access: { kind: 'public' },
    body: z.strictObject({
      givenName: PersonNameText,
      familyName: PersonNameText,
      birthDate: LocalDate,
      email: z.email().max(200),
      phone: z
        .string()
        .trim()
        .regex(/^\+[0-9 ()-]{6,24}$/, 'Begin with + and the country code.')
        .optional(),
      language: LanguageTag,
      timeZone: ZoneName,
      password: NewPassword,
    }),
    reply: EMPTY,
    refusals: ['PASSWORD_COMMON', 'PASSWORD_PERSONAL', 'TOO_MANY_REQUESTS'],
  }),
  confirmRegistration: route({
    method: 'POST',
    path: '/api/registrations/confirmation',
    summary: 'Makes the account from the link in the mail; the link works once, for 24 hours.',
    access: { kind: 'public' },
    body: z.strictObject({ token: z.string().min(20).max(200) }),
    reply: EMPTY,
    refusals: ['REGISTRATION_TOKEN_REFUSED', 'TOO_MANY_REQUESTS'],
  }),
  facilities: route({
    method: 'GET',
    path: '/api/facilities',
    summary: 'Facilities that take part, by name.',
    access: { kind: 'account', roles: ['visitor', 'host', ...DESK, 'operatorAdmin'] },
    reply: z.object({
      facilities: z.array(
        z.object({ facilityId: FacilityId, name: z.string(), timeZone: ZoneName }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
  profile: route({
    method: 'GET',
    path: '/api/my/profile',
    summary: 'The signed-in visitor’s registration.',
    access: { kind: 'account', roles: ['visitor'] },
    reply: ProfileView,
    refusals: SIGNED_IN,
  }),
  changeProfile: route({
    method: 'PUT',
    path: '/api/my/profile',
    summary:
      'Changes how we reach the visitor. A verified name or birth date is changed by staff only.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    body: z.strictObject({
      version: Version,
      phone: z
        .string()
        .trim()
        .regex(/^\+[0-9 ()-]{6,24}$/, 'Begin with + and the country code.')
        .nullable(),
      language: LanguageTag,
      timeZone: ZoneName,
    }),
    reply: ProfileView,
    refusals: [...SIGNED_IN, ...KEYED, 'VERSION_CHANGED'],
  }),
  uploadDocument: route({
    method: 'PUT',
    path: '/api/my/documents/:kind',
    summary:
      'Stores a picture, encrypted; type, size and dimensions are read from the picture itself.',
    access: { kind: 'account', roles: ['visitor'] },
    isUpload: true,
    params: z.object({ kind: DocumentKind }),
    reply: ProfileView,
    refusals: [...SIGNED_IN, 'DOCUMENT_REFUSED', 'MESSAGE_TOO_LARGE', 'ALREADY_DECIDED'],
  }),
  submitDocuments: route({
    method: 'POST',
    path: '/api/my/documents/submission',
    summary: 'Hands the documents to the staff for verification.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    reply: ProfileView,
    refusals: [...SIGNED_IN, ...KEYED, 'DOCUMENTS_MISSING', 'ALREADY_DECIDED'],
  }),
  registerProfessional: route({
    method: 'PUT',
    path: '/api/my/professional',
    summary: 'Says that the visitor is a lawyer or official, and where that is registered.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    body: z.strictObject({
      kind: z.enum(['LAWYER', 'OFFICIAL']),
      registerName: z.string().trim().min(2).max(200),
      registerNumber: z.string().trim().min(1).max(100),
    }),
    reply: ProfileView,
    refusals: [...SIGNED_IN, ...KEYED, 'ALREADY_DECIDED'],
  }),
  myRelationships: route({
    method: 'GET',
    path: '/api/my/relationships',
    summary: 'Whom the visitor asked to meet, and how far each request is.',
    access: { kind: 'account', roles: ['visitor'] },
    reply: z.object({ relationships: z.array(RelationshipOfMine) }),
    refusals: SIGNED_IN,
  }),
  requestRelationship: route({
    method: 'POST',
    path: '/api/my/relationships',
    summary: 'Asks to meet somebody. The answer never tells whether that person is inside (EL-2).',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    body: z.strictObject({
      facilityId: FacilityId,
      inmateNumber: z.string().trim().min(1).max(40),
      givenName: PersonNameText,
      familyName: PersonNameText,
      birthDate: LocalDate,
      kind: RelationshipKind,
      /** A child whose guardian the visitor is; absent: the visitor. */
      childId: VisitorId.optional(),
    }),
    reply: RelationshipOfMine,
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'NOT_FOUND',
      'RELATIONSHIP_EXISTS',
      'TOO_MANY_OPEN_REQUESTS',
      'TOO_MANY_REQUESTS',
    ],
  }),
  withdrawRelationship: route({
    method: 'POST',
    path: '/api/my/relationships/:requestId/withdrawal',
    summary: 'Takes an open request back.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    params: z.object({ requestId: RelationshipRequestId }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  endRelationship: route({
    method: 'POST',
    path: '/api/my/relationships/:relationshipId/ending',
    summary:
      'The visitor takes the agreement back; visits to come get a task each, and it has to be asked for anew.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    params: z.object({ relationshipId: RelationshipId }),
    reply: z.object({ affectedVisits: z.array(VisitId) }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  deskSignIn: route({
    method: 'POST',
    path: '/api/terminal/desk-sign-in',
    summary:
      'Signs an inmate in for requests and notices, by number and PIN, while no visit needs the terminal; never for media (TR-5).',
    access: { kind: 'terminal' },
    body: z.strictObject({
      inmateNumber: z.string().trim().min(1).max(40),
      pin: z.string().regex(/^\d{4,8}$/, 'A PIN has four to eight digits.'),
    }),
    reply: z.object({ displayName: z.string(), language: LanguageTag }),
    refusals: [
      'TERMINAL_NOT_ENROLLED',
      'TERMINAL_DISABLED',
      'TERMINAL_IN_USE',
      'PIN_REFUSED',
      'PIN_LOCKED',
      'TOO_MANY_REQUESTS',
    ],
  }),
  terminalRequests: route({
    method: 'GET',
    path: '/api/terminal/requests',
    summary: 'Who asks to meet the signed-in inmate, and whom the inmate may ring.',
    access: { kind: 'inmate' },
    reply: z.object({
      requests: z.array(
        z.object({
          relationshipId: RelationshipId,
          displayName: z.string(),
          kind: RelationshipKind,
          createdAt: Instant,
        }),
      ),
      contacts: z.array(
        z.object({
          visitorId: VisitorId,
          relationshipId: RelationshipId,
          displayName: z.string(),
          kind: RelationshipKind,
          mayRing: z.boolean(),
        }),
      ),
    }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED'],
  }),
  answerRequest: route({
    method: 'POST',
    path: '/api/terminal/requests/:relationshipId/answer',
    summary: 'The inmate’s yes or no; the visitor learns only that it was not possible.',
    access: { kind: 'inmate' },
    isKeyed: true,
    params: z.object({ relationshipId: RelationshipId }),
    body: z.strictObject({ isAccepted: z.boolean() }),
    reply: EMPTY,
    refusals: [
      'NOT_SIGNED_IN',
      'SESSION_EXPIRED',
      'SESSION_ENDED',
      ...KEYED,
      'NOT_FOUND',
      'ALREADY_DECIDED',
    ],
  }),
  endContact: route({
    method: 'POST',
    path: '/api/terminal/contacts/:relationshipId/ending',
    summary:
      'The inmate takes the agreement back; the visitor is told that visits are over, visits to come get a task each.',
    access: { kind: 'inmate' },
    isKeyed: true,
    params: z.object({ relationshipId: RelationshipId }),
    reply: EMPTY,
    refusals: [
      'NOT_SIGNED_IN',
      'SESSION_EXPIRED',
      'SESSION_ENDED',
      ...KEYED,
      'NOT_FOUND',
      'ALREADY_DECIDED',
    ],
  }),
} as const
