import { z } from 'zod'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { Refusal } from './errors.ts'
import { RecordingId, VisitId } from './ids.ts'

/**
 * RC-1: the positive permission to record one epoch of one visit. It travels from the policy to the
 * media node and the recorder, and each checks it on its own. A privileged visit cannot be written in it.
 */
export const RecordingGrant = z.strictObject({
  recordingId: RecordingId,
  visitId: VisitId,
  /** Of the room. */
  epoch: z.number().int().min(1),
  /** Of the recording: each of a visit has its own, also when one recorder takes over from another. */
  number: z.number().int().min(1).default(1),
  visitClass: z.enum(['social', 'official']),
  expiresAt: z.iso.datetime(),
})
export type RecordingGrant = z.output<typeof RecordingGrant>

/** `<base64url of JSON>.<base64url of HMAC-SHA-256>`. */
export const SignedGrant = z
  .string()
  .max(2048)
  .regex(/^[\w-]+\.[\w-]+$/)

const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' } as const

/** Signs a grant; `secret` is shared with the media nodes and recorders. */
export async function signGrant(
  grant: z.input<typeof RecordingGrant>,
  secret: string,
): Promise<string> {
  const body = toBase64Url(new TextEncoder().encode(JSON.stringify(RecordingGrant.parse(grant))))
  const signature = await crypto.subtle.sign(ALGORITHM, await keyOf(secret), textBytes(body))
  return `${body}.${toBase64Url(new Uint8Array(signature))}`
}

/** The grant inside, or `GRANT_REFUSED` for anything forged, malformed or expired at `now`. */
export async function verifyGrant(
  signed: string,
  { secret, now }: { secret: string; now: Date },
): Promise<RecordingGrant> {
  const [body = '', signature = ''] = signed.split('.')
  const isGenuine = await crypto.subtle
    .verify(ALGORITHM, await keyOf(secret), fromBase64Url(signature), textBytes(body))
    .catch(() => false)
  if (!isGenuine) throw new Refusal('GRANT_REFUSED', { why: 'signature' })
  const grant = RecordingGrant.safeParse(readJson(fromBase64Url(body)))
  if (!grant.success) throw new Refusal('GRANT_REFUSED', { why: 'content' })
  if (new Date(grant.data.expiresAt) <= now) throw new Refusal('GRANT_REFUSED', { why: 'expired' })
  return grant.data
}

function keyOf(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', textBytes(secret), ALGORITHM, false, ['sign', 'verify'])
}

function textBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
