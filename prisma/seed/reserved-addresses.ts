import { Fault } from '@visavis/contract/errors'

/** Domains that are nobody's: RFC 2606 and RFC 6761. */
const RESERVED = /@([a-z0-9-]+\.)*(example\.(com|net|org)|example|test|invalid|localhost)$/i

/** Whether mail to that address can reach anybody. */
export function isReservedAddress(address: string): boolean {
  return RESERVED.test(address)
}

/**
 * TR-6. The seed's people are invented: an address that may be somebody's is a Fault, from whatever list it
 * came. What is no mail address (a login, a telephone) passes. The address itself is not in the message.
 */
export function requireReserved(address: string | null | undefined): void {
  if (!address?.includes('@') || isReservedAddress(address)) return
  throw new Fault('an invented person was given an address that may be somebody’s: use example.org')
}
