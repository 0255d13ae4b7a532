import { createHash, randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** OWASP's first choice for argon2id (2 in the library's numbering): 19 MiB, two passes, one lane. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The hash of a random password nobody knows, with the costs above. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$QdlVia/1z670LMuzCC7jlg$hawTHzuiEvjERoVV4eiYiKOB8KCykp6DqIBIFr20DYs'

/** 256 bits: a token can be hashed fast because it cannot be guessed. */
const TOKEN_BYTES = 32

/** Crockford's base 32: no I, L, O or U to misread. */
const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ten letters are 50 bits: out of reach within a code's hours of life behind a rate limit. */
const CODE_GROUPS = 2
const CODE_GROUP_LENGTH = 5

/** argon2id of a password or PIN, in the PHC string form that the database insists on. */
export function hashSecret(secret: string): Promise<string> {
  return hash(secret, ARGON2ID)
}

/**
 * Whether `secret` is the one behind `storedHash`. Null (no such person, no PIN issued) costs the same
 * time and is never right, so that the answer's delay tells nobody who exists (EL-2).
 */
export async function verifySecret(storedHash: string | null, secret: string): Promise<boolean> {
  const isRight = await verify(storedHash ?? NOBODYS_HASH, secret)
  return isRight && storedHash !== null
}

/** A new session or device token, base64url. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** SHA-256 of a token, in hex: what the database keeps of it. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A new one-time code for a terminal, for example `7QK2M-0XWDR`. */
export function newEnrolmentCode(): string {
  const letter = () => CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length))
  const group = () => Array.from({ length: CODE_GROUP_LENGTH }, letter).join('')
  return Array.from({ length: CODE_GROUPS }, group).join('-')
}

/** SHA-256 of a typed code, in hex; case, dashes, spaces and look-alike letters do not matter. */
export function enrolmentCodeHash(code: string): string {
  const normal = code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return tokenHash(normal)
}
