import { z } from 'zod'
import { TerminalId } from './ids.ts'

/** A proof that a terminal's key is at hand; what it is about stands beside it. */
export const TerminalProof = z.strictObject({
  /** Of the server, at most a minute old, for one use. */
  nonce: z.string().min(1).max(200),
  /** The origin that the page is of. */
  origin: z.string().min(1).max(300),
  /** 64 bytes, base64url. */
  signature: z.string().regex(/^[\w-]{86}$/),
})
export type TerminalProof = z.output<typeof TerminalProof>

/** With what a terminal's page opens a socket. */
export const SocketProof = z.strictObject({
  terminalId: TerminalId,
  sessionId: z.uuid(),
  proof: TerminalProof,
})
export type SocketProof = z.output<typeof SocketProof>

/** SHA-256 of the secret in a page's memory, in hex. */
export const PageHash = z.string().regex(/^[0-9a-f]{64}$/)
/** SubjectPublicKeyInfo of a key on P-256, base64url. */
export const TerminalPublicKey = z.string().regex(/^[\w-]{100,140}$/)

/** Why a terminal's key ended: staff said so, another device took its place, or it was used from two places. */
export const KEY_END_REASONS = [
  'REPLACED',
  'LOST',
  'STOLEN',
  'SUSPECTED',
  'RETIRED',
  'TWO_PLACES',
] as const
export type KeyEndReason = (typeof KEY_END_REASONS)[number]
export const KeyEndReasonShape = z.enum(KEY_END_REASONS)
/** Those that staff choose from. */
export const RevokeReasonShape = KeyEndReasonShape.extract([
  'LOST',
  'STOLEN',
  'SUSPECTED',
  'RETIRED',
])
export type RevokeReason = z.output<typeof RevokeReasonShape>
