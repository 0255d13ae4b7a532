import { Fault } from '@visavis/contract/errors'

/** Requests for time stamps and answers to them (RFC 3161), as much DER as they need. */

const SEQUENCE = 0x30
const INTEGER = 0x02
const OCTETS = 0x04
const BOOLEAN = 0x01
/** AlgorithmIdentifier of SHA-256, its empty parameters with it. */
const SHA256 = Buffer.from('300d06096086480165030402010500', 'hex')
const VERSION_1 = Buffer.of(1)
const TRUE = Buffer.of(0xff)
/** The answer's first integers: granted, and granted with changes. */
const GRANTED = new Set([0, 1])

/** What is to be stamped: a SHA-256, and a number that comes back in the answer. */
export type StampRequest = { readonly digest: Buffer; readonly nonce: Buffer }

/** A TimeStampReq, DER; the authority is asked to send its certificate along. */
export function stampRequest({ digest, nonce }: StampRequest): Buffer {
  const imprint = der(SEQUENCE, SHA256, der(OCTETS, digest))
  return der(
    SEQUENCE,
    der(INTEGER, VERSION_1),
    imprint,
    der(INTEGER, positive(nonce)),
    der(BOOLEAN, TRUE),
  )
}

/**
 * Checks that a TimeStampResp grants, and is about this request. The authority's signature is not checked here: that
 * is for whoever trusts it, with `openssl ts -verify`. Throws a Fault.
 */
export function requireStamped(answer: Buffer, { digest, nonce }: StampRequest): void {
  const status = statusOf(answer)
  if (status === null || !GRANTED.has(status)) throw new Fault('the authority grants no time stamp')
  const isOurs = answer.includes(der(OCTETS, digest)) && answer.includes(positive(nonce))
  if (!isOurs) throw new Fault('the time stamp is of something else')
}

/** TimeStampResp ::= SEQUENCE { SEQUENCE { INTEGER status, … }, … } */
function statusOf(answer: Buffer): number | null {
  const whole = contentOf(answer, SEQUENCE)
  const info = whole && contentOf(whole, SEQUENCE)
  const status = info && contentOf(info, INTEGER)
  return status?.length === 1 ? (status[0] ?? null) : null
}

/** The content of the value that `bytes` begin with. */
function contentOf(bytes: Buffer, tag: number): Buffer | null {
  const [first, length = 0] = bytes
  if (first !== tag) return null
  if (length < 0x80) return bytes.subarray(2, 2 + length)
  const digits = length & 0x7f
  const at = 2 + digits
  if (digits < 1 || digits > 4 || bytes.length < at) return null
  return bytes.subarray(at, at + bytes.readUIntBE(2, digits))
}

function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content])
}

function lengthOf(bytes: number): Buffer {
  return bytes < 0x80 ? Buffer.of(bytes) : Buffer.of(0x82, bytes >> 8, bytes & 0xff)
}

/** An integer whose first bit is set would be a negative one; without leading zeros that mean nothing. */
function positive(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first === -1 ? Buffer.of(0) : bytes.subarray(first)
  return (digits[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits
}
