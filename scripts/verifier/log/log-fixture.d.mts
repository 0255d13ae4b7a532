import type { KeyObject } from 'node:crypto'

/** A key of checkpoints that nobody else has, with its verifier key. */
export const aSigner: () => {
  name: string
  privateKey: KeyObject
  publicKey: string
  verifier: string
}
