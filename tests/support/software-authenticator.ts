import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type {
  NewPasskey,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyRequest,
} from '@visavis/contract/http'

/** What a test has an authenticator do otherwise than a right one would. */
export type Misbehaviour = {
  readonly origin?: string
  readonly rpId?: string
  readonly isUserVerified?: boolean
  /** The signature counter that it tells; absent: one more than before. */
  readonly counter?: number
  readonly challenge?: string
  /** Signs with another key than the one that it showed. */
  readonly isForged?: boolean
}

/** An authenticator in software: ES256, keys that can be discovered, no attestation (WebAuthn level 2). */
export type Authenticator = {
  readonly credentialId: string
  /** COSE. */
  readonly publicKey: Buffer
  readonly create: (
    options: Pick<PasskeyCreation, 'challenge'> & { readonly rp: { readonly id: string } },
    otherwise?: Misbehaviour,
  ) => NewPasskey
  readonly answer: (options: PasskeyRequest, otherwise?: Misbehaviour) => PasskeyAnswer
  /** Another device with the same key and the counter as it is now. */
  readonly copy: () => Authenticator
}

const CREDENTIAL_ID_BYTES = 16
const FLAG = { userPresent: 1, userVerified: 4, attested: 64 }

/** A new authenticator with one key, for pages of `origin`. */
export function anAuthenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(CREDENTIAL_ID_BYTES)
  return withKey({ origin, id, privateKey, publicKey }, 0)
}

type Key = { origin: string; id: Buffer; privateKey: KeyObject; publicKey: KeyObject }

function withKey(key: Key, countedSoFar: number): Authenticator {
  let counter = countedSoFar
  const credentialId = key.id.toString('base64url')
  const named = { id: credentialId, rawId: credentialId, type: 'public-key' as const }
  const next = (told: number | undefined): number => (counter = told ?? counter + 1)
  return {
    credentialId,
    publicKey: coseKey(key.publicKey),
    create: ({ rp, challenge }, otherwise = {}) => {
      const data = authData({ rpId: rp.id, ...otherwise, counter: next(otherwise.counter) }, key)
      const told = { challenge, origin: key.origin, ...otherwise }
      const response = {
        clientDataJSON: clientData('webauthn.create', told),
        attestationObject: attestation(data).toString('base64url'),
        transports: ['internal'],
      }
      return { ...named, response }
    },
    answer: ({ rpId, challenge }, otherwise = {}) => {
      const data = authData({ rpId, ...otherwise, counter: next(otherwise.counter) })
      const json = clientData('webauthn.get', { challenge, origin: key.origin, ...otherwise })
      const hash = createHash('sha256').update(Buffer.from(json, 'base64url')).digest()
      const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      const signedBy = otherwise.isForged ? other : key.privateKey
      const signature = sign('sha256', Buffer.concat([data, hash]), signedBy).toString('base64url')
      const authenticatorData = data.toString('base64url')
      return { ...named, response: { clientDataJSON: json, authenticatorData, signature } }
    },
    copy: () => withKey(key, counter),
  }
}

function clientData(type: string, told: { challenge: string; origin: string }): string {
  const { challenge, origin } = told
  const data = { type, challenge, origin, crossOrigin: false }
  return Buffer.from(JSON.stringify(data)).toString('base64url')
}

type Told = { readonly rpId: string; readonly counter: number; readonly isUserVerified?: boolean }

function authData({ rpId, counter, isUserVerified = true }: Told, attested?: Key): Buffer {
  const flags =
    FLAG.userPresent + (isUserVerified ? FLAG.userVerified : 0) + (attested ? FLAG.attested : 0)
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  const head = [createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count]
  return Buffer.concat(attested ? [...head, credentialData(attested)] : head)
}

function credentialData({ id, publicKey }: Key): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(id.length)
  const AAGUID = Buffer.alloc(16)
  return Buffer.concat([AAGUID, length, id, coseKey(publicKey)])
}

/** Key type EC2, algorithm ES256, curve P-256, and the two coordinates. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  return cborMap([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ])
}

function attestation(data: Buffer): Buffer {
  return cborMap([
    ['fmt', 'none'],
    ['attStmt', []],
    ['authData', data],
  ])
}

type Cbor = number | string | Buffer | []

/** As much of CBOR (RFC 8949) as WebAuthn needs; an empty list stands for an empty map. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value)
  if (typeof value === 'string') return cborBytes(3, Buffer.from(value))
  return Buffer.isBuffer(value) ? cborBytes(2, value) : cborHead(5, 0)
}

function cborMap(entries: readonly (readonly [number | string, Cbor])[]): Buffer {
  const parts = entries.flatMap(([key, value]) => [cbor(key), cbor(value)])
  return Buffer.concat([cborHead(5, entries.length), ...parts])
}

const cborBytes = (major: number, bytes: Buffer): Buffer =>
  Buffer.concat([cborHead(major, bytes.length), bytes])

function cborHead(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([major * 32 + count])
  if (count < 256) return Buffer.from([major * 32 + 24, count])
  return Buffer.from([major * 32 + 25, count >> 8, count & 255])
}
