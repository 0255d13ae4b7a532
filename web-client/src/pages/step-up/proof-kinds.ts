import type { Reply } from '../../api/api.ts'

type Kind = Reply<'proofRequest'>['kinds'][number]
export type PasswordKind = Exclude<Kind, 'PASSKEY'>

/** How a password proves here, where it does: with a code of the app wherever there is one. */
export function passwordKindOf(kinds: readonly Kind[]): PasswordKind | null {
  if (kinds.includes('PASSWORD_TOTP')) return 'PASSWORD_TOTP'
  return kinds.includes('PASSWORD') ? 'PASSWORD' : null
}
