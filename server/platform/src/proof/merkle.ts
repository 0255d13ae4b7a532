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

/** The hash of an inner node. */
export function node(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest()
}

/** Two trees of one log, and the hashes that should lead to both roots. */
export type Consistency = {
  readonly from: { readonly size: number; readonly root: Uint8Array }
  readonly to: { readonly size: number; readonly root: Uint8Array }
  readonly proof: readonly Uint8Array[]
}

/** Whether the larger tree begins with the smaller one (RFC 9162, 2.1.4.2); any tree begins with none. */
export function isConsistent({ from, to, proof }: Consistency): boolean {
  if (from.size === 0) return proof.length === 0
  if (from.size >= to.size) {
    return proof.length === 0 && from.size === to.size && equals(from.root, to.root)
  }
  // A power of two is a subtree of its own: the smaller root itself begins the way up.
  const isOwn = Number.isInteger(Math.log2(from.size))
  const [seed, ...path] = isOwn ? [from.root, ...proof] : proof
  const ends = seed && climbed(seed, path, strip(from.size - 1, to.size - 1))
  return ends ? equals(ends.old, from.root) && equals(ends.grown, to.root) : false
}

/** The roots of both trees that the hashes lead to; null when they are too many or too few. */
function climbed(seed: Uint8Array, path: readonly Uint8Array[], start: readonly [number, number]) {
  let [place, last] = start
  let [old, grown] = [seed, seed]
  for (const hash of path) {
    if (last === 0) return null
    if (place % 2 === 1 || place === last) {
      ;[old, grown] = [node(hash, old), node(hash, grown)]
      ;[place, last] = risen(place, last)
    } else grown = node(grown, hash)
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 ? { old, grown } : null
}

/** Past the levels at which it stands alone and goes up as it is. */
function risen(place: number, last: number): [number, number] {
  return place !== 0 && place % 2 === 0 ? risen(half(place), half(last)) : [place, last]
}

/** Both without the levels at which the smaller tree is whole. */
function strip(place: number, last: number): [number, number] {
  return place % 2 === 1 ? strip(half(place), half(last)) : [place, last]
}

function half(place: number): number {
  return Math.floor(place / 2)
}

function equals(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}

/** The largest power of two smaller than `size`, from 2 on. */
export function splitOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1))
}
