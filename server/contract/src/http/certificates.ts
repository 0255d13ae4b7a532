import { z } from 'zod'
import { CanaryCheck } from '../census-control.ts'
import { Instant, VisitId } from '../ids.ts'
import { SIGNED_IN, route } from './route.ts'

const PublicKey = z.object({
  /** Raw Ed25519 key, base64. */
  publicKey: z.string(),
  /** SHA-256 of the raw key, hex. */
  fingerprint: z.string(),
  /** Whether new certificates are signed with it. */
  isCurrent: z.boolean(),
})

/** Who reads certificates: whoever took part, and, as there is no content in them, the facility's people and auditors. */
const READERS = ['visitor', 'officer', 'facilityAdmin', 'auditor'] as const
const REFUSALS = [...SIGNED_IN, 'VISIT_NOT_FOUND', 'VISIT_WRONG_STATE'] as const

/** Proof that nobody could watch or record a privileged visit (OV-8), and that this proof is put to the test. */
export const certificateRoutes = {
  certificateJson: route({
    method: 'GET',
    path: '/api/visits/:visitId/certificate.json',
    summary:
      'The signed certificate of a privileged visit that has ended; VISIT_WRONG_STATE before, and for other classes.',
    access: { kind: 'account', roles: READERS },
    params: z.object({ visitId: VisitId }),
    reply: null,
    refusals: REFUSALS,
  }),
  certificatePdf: route({
    method: 'GET',
    path: '/api/visits/:visitId/certificate.pdf',
    summary: 'The same on paper; the signed file is the JSON, whose SHA-256 stands on the paper.',
    access: { kind: 'account', roles: READERS },
    params: z.object({ visitId: VisitId }),
    query: z.object({ language: z.enum(['en', 'ru']).default('en') }),
    reply: null,
    refusals: REFUSALS,
  }),
  certificateKeys: route({
    method: 'GET',
    path: '/api/certificates/keys',
    summary: 'The public keys that certificates of this service were ever signed with.',
    access: { kind: 'public' },
    reply: z.object({ keys: z.array(PublicKey) }),
    refusals: [],
  }),
  canaries: route({
    method: 'GET',
    path: '/api/oversight/canaries',
    summary: 'The last rehearsed attack on a privileged room of nobody, for each media node.',
    access: { kind: 'account', roles: ['scheduler', 'facilityAdmin', 'auditor', 'operatorAdmin'] },
    reply: z.object({
      runs: z.array(
        z.object({
          mediaNode: z.string(),
          ranAt: Instant,
          isOk: z.boolean(),
          checks: z.array(CanaryCheck),
        }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
} as const
