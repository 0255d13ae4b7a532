import type { TerminalStatement } from '@visavis/contract/terminal-proof'
import type { TerminalProof } from '@visavis/contract/terminal-proof-shapes'
import type { Tx } from '../../platform/transact.ts'
import { isOwnOrigin } from '../../platform/origins.ts'
import { tokenHash } from '../../platform/secrets.ts'
import type { DeviceRefusal } from './device-alarms.ts'
import type { Nonces } from './device-nonces.ts'
import { deviceWrites } from './device.repo.ts'
import { isSignedBy } from './terminal-keys.ts'

/** What a request says that a terminal's page makes; nulls: it does not say. */
export type PageSaid = {
  /** Its `Origin` header. */
  readonly origin: string | null
  /** The token in its terminal cookie. */
  readonly token: string | null
  /** SHA-256 of its client certificate, in hex, as a trusted proxy has verified it. */
  readonly certificate: string | null
  readonly requestId: string | undefined
}

/** Checks that a terminal's key is at hand: its signature under the server's nonce, the origin and the statement. */
export type DeviceProofs = {
  /** What is wrong with it; null: nothing, if `spend` says so, too. */
  readonly faultOf: (given: GivenProof) => Extract<DeviceRefusal, Fault> | null
  /** Uses the proof's nonce up, in the transaction of what it is for; false: it was used before. */
  readonly spend: (tx: Tx, proof: TerminalProof) => Promise<boolean>
}

type Fault = 'ORIGIN' | 'NONCE' | 'SIGNATURE'
type GivenProof = {
  readonly publicKey: Uint8Array
  readonly proof: TerminalProof
  readonly statement: TerminalStatement
  /** The `Origin` header; null: none. */
  readonly origin: string | null
}

export function createDeviceProofs(deps: { nonces: Nonces; publicOrigin: string }): DeviceProofs {
  const { nonces, publicOrigin } = deps
  return {
    faultOf({ publicKey, proof, statement, origin }) {
      const isOfPage = origin === null || origin === proof.origin
      if (!isOfPage || !isOwnOrigin(publicOrigin, proof.origin)) return 'ORIGIN'
      if (nonces.endOf(proof.nonce) === null) return 'NONCE'
      const { signature } = proof
      return isSignedBy(publicKey, { ground: proof, statement, signature }) ? null : 'SIGNATURE'
    },
    async spend(tx, { nonce }) {
      const endsAt = nonces.endOf(nonce)
      return endsAt !== null && deviceWrites.useNonce(tx, tokenHash(nonce), endsAt)
    },
  }
}
