/** A key that notes are checked with (C2SP vkey). */
export type VerifierKey = { name: string; kind: number; key: Buffer; text: string }

export const readVerifierKey: (text: string) => VerifierKey | null
/** The growing tree of RFC 6962 over leaf hashes. */
export const newTree: () => {
  add: (leaf: Buffer) => void
  root: () => Buffer
  rootWith: (leaf: Buffer) => Buffer
}
export const isGrown: (
  from: { size: number; root: Buffer },
  to: { size: number; root: Buffer },
  proof: Buffer[],
) => boolean
