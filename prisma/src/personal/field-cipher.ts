import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { Fault } from '@visavis/contract/errors'
import type { PersonKeys } from './person-keys.ts'

/** Whose value it is, and in which field it stands; both are bound to the sealed bytes. */
export type FieldName = { readonly ownerId: string; readonly field: string }

/** Seals and opens single values under their owner's key, and makes what equal values are found by. */
export type FieldCipher = {
  readonly seal: (name: FieldName, plain: string) => Promise<string>
  /** Null: the owner was erased. A Fault when a byte or the field is another than at sealing. */
  readonly open: (field: string, sealed: string) => Promise<string | null>
  /** The same for equal values of one field, and nothing without the root key: 22 characters. */
  readonly indexOf: (field: string, plain: string) => string
}

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
/** As NIST SP 800-38D wants it for GCM. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** 128 bits: no two of a country's addresses meet. */
const INDEX_BYTES = 16
/** The form, the owner's id without hyphens, and nonce, tag and ciphertext in base64url. */
const SEALED = /^s1\.([0-9a-f]{32})\.([A-Za-z0-9_-]{38,})$/

/** Whether a text is a sealed value, by its form. */
export const isSealed = (text: string): boolean => text.startsWith('s1.') && SEALED.test(text)

/** AES-256-GCM with a random nonce; `rootKey` (64 hex digits) is what the index's key is derived from. */
export function createFieldCipher(keys: PersonKeys, rootKey: string): FieldCipher {
  const indexKey = Buffer.from(
    hkdfSync('sha256', Buffer.from(rootKey, 'hex'), '', 'visavis blind index', KEY_BYTES),
  )
  return {
    seal: async (name, plain) => sealWith(await keys.provide(name.ownerId), name, plain),
    open: async (field, sealed) => {
      const [, owner, body] = SEALED.exec(sealed) ?? []
      if (owner === undefined || body === undefined) throw damaged()
      const ownerId = withHyphens(owner)
      const key = await keys.open(ownerId)
      return key === null ? null : openWith(key, { ownerId, field }, Buffer.from(body, 'base64url'))
    },
    indexOf: (field, plain) =>
      createHmac('sha256', indexKey)
        .update(`${field}\0${plain}`)
        .digest()
        .subarray(0, INDEX_BYTES)
        .toString('base64url'),
  }
}

function sealWith(key: Buffer, name: FieldName, plain: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(bindingOf(name))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  const body = Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
  return `s1.${name.ownerId.replaceAll('-', '')}.${body}`
}

function openWith(key: Buffer, name: FieldName, body: Buffer): string {
  const tagAt = NONCE_BYTES
  const sealedAt = tagAt + TAG_BYTES
  const options = { authTagLength: TAG_BYTES }
  const opener = createDecipheriv(CIPHER, key, body.subarray(0, tagAt), options)
  try {
    opener.setAAD(bindingOf(name)).setAuthTag(body.subarray(tagAt, sealedAt))
    return Buffer.concat([opener.update(body.subarray(sealedAt)), opener.final()]).toString('utf8')
  } catch (cause) {
    throw damaged(cause)
  }
}

/** Neither an id nor the name of a field has a NUL in it. */
function bindingOf({ ownerId, field }: FieldName): Buffer {
  return Buffer.from(['visavis field v1', ownerId, field].join('\0'))
}

function withHyphens(hex: string): string {
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}

function damaged(cause?: unknown): Fault {
  return new Fault('a personal field is not what was sealed', { cause })
}
