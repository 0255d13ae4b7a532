import { createHmac, createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Fault } from '@visavis/contract/errors'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** What the identity module keeps secret from whoever has the database alone; derived from KEY_ROOT. */
export type IdentityKeys = {
  /** Seals a secret for one account (AES-256-GCM, the account's id as context). */
  readonly seal: (secret: string, accountId: string) => Buffer
  /** Opens what `seal` made for the same account; a Fault for anything else. */
  readonly open: (sealed: Uint8Array, accountId: string) => string
  /** 64 hex digits that cannot be worked out, or tried out, without the key. */
  readonly digest: (...parts: readonly string[]) => string
}

/** `keyRoot`: 64 hex digits. */
export function createIdentityKeys(keyRoot: string): IdentityKeys {
  const derive = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', Buffer.from(keyRoot, 'hex'), '', use, KEY_BYTES))
  const sealing = derive('visavis identity: sealing')
  const hashing = derive('visavis identity: hashing')
  return {
    seal: (secret, accountId) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(accountId))
      return Buffer.concat([
        nonce,
        cipher.update(secret, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ])
    },
    open: (sealed, accountId) => {
      const bytes = Buffer.from(sealed)
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE_BYTES))
      decipher.setAAD(Buffer.from(accountId)).setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        const clear = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
        return Buffer.concat([clear, decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new Fault('a sealed secret is not what was sealed, or KEY_ROOT is another', { cause })
      }
    },
    digest: (...parts) => createHmac('sha256', hashing).update(JSON.stringify(parts)).digest('hex'),
  }
}
