import { createHash } from 'node:crypto'
import { panic } from '@visavis/contract/errors'

/** Merkle trees of RFC 6962, part 2.1, with SHA-256: the audit log's and a journal's. */

const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)

/** The leaf's hash of an entry's bytes. */
export function merkleLeaf(entry: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(entry).digest()
}

/** The tree's root over leaf hashes in their order; of none, the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  const [only] = leaves
  if (only === undefined) return createHash('sha256').digest()
  if (leaves.length === 1) return Buffer.from(only)
  const split = splitOf(leaves.length)
  return node(merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)))
}

/** What proves that the leaf at `index` is in the tree: hashes from the bottom up. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length) panic('no such leaf')
  if (leaves.length === 1) return []
  const split = splitOf(leaves.length)
  return index < split
    ? [...inclusionProof(leaves.slice(0, split), index), merkleRoot(leaves.slice(split))]
    : [...inclusionProof(leaves.slice(split), index - split), merkleRoot(leaves.slice(0, split))]
}

export type Inclusion = {
  readonly leaf: Uint8Array
  readonly index: number
  /** Leaves in the tree. */
  readonly size: number
  readonly proof: readonly Uint8Array[]
}

/** The root that an inclusion proof leads to; null when the proof has not the length that place and size ask for. */
export function rootOfInclusion({ leaf, index, size, proof }: Inclusion): Buffer | null {
  if (index < 0 || index >= size) return null
  if (size === 1) return proof.length === 0 ? Buffer.from(leaf) : null
  const sibling = proof.at(-1)
  if (sibling === undefined) return null
  const split = splitOf(size)
  const isLeft = index < split
  const inner = rootOfInclusion({
    leaf,
    index: isLeft ? index : index - split,
    size: isLeft ? split : size - split,
    proof: proof.slice(0, -1),
  })
  if (inner === null) return null
  return isLeft ? node(inner, sibling) : node(sibling, inner)
}

function node(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest()
}

/** The largest power of two smaller than `size`. */
function splitOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1))
}
