import { hkdfSync } from 'node:crypto'

const KEY_BYTES = 32
/** As long as the key: the salt alone already is all of its strength. */
export const SALT_BYTES = 32

/**
 * The key of one archive (32 bytes): of a root outside of the database (64 hex digits) and a salt in its row. When
 * the salt is gone, so is the key.
 */
export function dataKeyOf(
  keyRoot: string,
  { exportId, salt }: { readonly exportId: string; readonly salt: Uint8Array },
): Uint8Array {
  const info = `visavis data export: ${exportId}`
  return new Uint8Array(hkdfSync('sha256', Buffer.from(keyRoot, 'hex'), salt, info, KEY_BYTES))
}
