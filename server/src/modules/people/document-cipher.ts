import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Fault } from '@visavis/contract/errors'

/** Whose document it is; bound to the bytes, so that no file passes for another. */
export type DocumentName = { readonly documentId: string; readonly visitorId: string }

/** Seals and opens documents, each under a key of its own. */
export type DocumentCipher = {
  readonly seal: (name: DocumentName, plain: Buffer) => Buffer
  /** A Fault when a byte, the name or the key is another than at sealing. */
  readonly open: (name: DocumentName, sealed: Buffer) => Buffer
}

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
/** As NIST SP 800-38D wants it for GCM. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** The first byte of a sealed file: which of our forms it has. */
const FORM = 1
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES

/**
 * AES-256-GCM with HKDF-SHA-256(master, documentId) as key. A sealed document is: form (1 byte), nonce,
 * tag, ciphertext. `masterKey` is 64 hex digits.
 */
export function createDocumentCipher(masterKey: string): DocumentCipher {
  const master = Buffer.from(masterKey, 'hex')
  const keyOf = ({ documentId }: DocumentName) =>
    Buffer.from(hkdfSync('sha256', master, documentId, 'visavis document', KEY_BYTES))
  return {
    seal: (name, plain) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, keyOf(name), nonce).setAAD(nameBytes(name))
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([Buffer.of(FORM), nonce, cipher.getAuthTag(), sealed])
    },
    open: (name, sealed) => {
      if (sealed.length < HEAD_BYTES || sealed[0] !== FORM) throw damaged()
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
      const tag = sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES)
      const options = { authTagLength: TAG_BYTES }
      const opener = createDecipheriv(CIPHER, keyOf(name), nonce, options)
      try {
        opener.setAAD(nameBytes(name)).setAuthTag(tag)
        return Buffer.concat([opener.update(sealed.subarray(HEAD_BYTES)), opener.final()])
      } catch (error) {
        throw damaged(error)
      }
    },
  }
}

function nameBytes({ documentId, visitorId }: DocumentName): Buffer {
  return Buffer.from(`${visitorId}/${documentId}`)
}

function damaged(cause?: unknown): Fault {
  return new Fault('a document is not what was sealed, or the key is another', { cause })
}
