import { createHash } from 'node:crypto'
import { panic } from '@visavis/contract/errors'
import { merkleRoot, node, splitOf } from './merkle.ts'

/**
 * A Merkle tree of RFC 6962 over a log that is too long to be read: the hashes of complete subtrees of 256,
 * 256² … leaves are stored in tiles of 256, and a root or a proof reads a few of them.
 */

/** Hashes in a tile, and leaves below a node of level 1. */
export const TILE = 256

/** The hashes of a tile from the left: leaf hashes at level 0; fewer than {@link TILE} at the edge of what is stored. */
export type ReadTile = (level: number, tile: number) => Promise<readonly Uint8Array[]>

/** A node that is complete and not stored yet. */
export type GrownNode = { readonly level: number; readonly place: number; readonly hash: Buffer }

/** Proofs and roots at any size up to that for which the tiles are stored. */
export type StoredTree = {
  readonly root: (size: number) => Promise<Buffer>
  /** RFC 6962, 2.1.1: the hashes beside the way of the leaf at `index` (from 0) to the root, leaf first. */
  readonly inclusion: (index: number, size: number) => Promise<Buffer[]>
  /** RFC 6962, 2.1.2: that the tree of `to` leaves begins with that of `from`, from 1. */
  readonly consistency: (from: number, to: number) => Promise<Buffer[]>
}

/** The leaves from the first to before the second; as RFC 6962 splits trees, so that complete subtrees are aligned. */
type Range = readonly [number, number]

/** A tree whose tiles are read once each: for one look at a log, not for keeping. */
export function createStoredTree(readTile: ReadTile): StoredTree {
  const read = readOnce(readTile)
  const hashOf = (range: Range) => rangeHash(range, read)
  const hashesOf = async (ranges: readonly Range[]) => Promise.all(ranges.map(hashOf))
  return {
    root: (size) => hashOf([0, size]),
    inclusion: (index, size) => {
      if (index < 0 || index >= size) panic('no such leaf')
      return hashesOf(inclusionRanges(index, [0, size]))
    },
    consistency: (from, to) => {
      if (from < 1 || from > to) panic('no such growth')
      return hashesOf(consistencyRanges(from, [0, to], true))
    },
  }
}

/**
 * The nodes that become complete when a log grows from `from` leaves to `to`, level by level, in order; each level
 * must be stored before the next is asked for, since it is made of it.
 */
export async function* grownNodes(
  { from, to }: { readonly from: number; readonly to: number },
  readTile: ReadTile,
): AsyncGenerator<GrownNode> {
  for (let level = 1; TILE ** level <= to; level += 1) {
    const last = Math.floor(to / TILE ** level)
    for (let place = Math.floor(from / TILE ** level); place < last; place += 1) {
      const below = await readTile(level - 1, place)
      if (below.length !== TILE) panic('a tile is not complete')
      yield { level, place, hash: merkleRoot(below) }
    }
  }
}

function readOnce(readTile: ReadTile): ReadTile {
  const known = new Map<string, Promise<readonly Uint8Array[]>>()
  return (level, tile) => {
    const key = `${level}/${tile}`
    const reading = known.get(key) ?? readTile(level, tile)
    known.set(key, reading)
    return reading
  }
}

/** PATH(m, D[n]) of RFC 6962, as ranges of leaves. */
function inclusionRanges(index: number, [start, end]: Range): Range[] {
  if (end - start === 1) return []
  const middle = start + splitOf(end - start)
  return index < middle
    ? [...inclusionRanges(index, [start, middle]), [middle, end]]
    : [...inclusionRanges(index, [middle, end]), [start, middle]]
}

/** SUBPROOF(m, D[n], b) of RFC 6962, as ranges of leaves. */
function consistencyRanges(from: number, [start, end]: Range, isWhole: boolean): Range[] {
  if (from === end) return isWhole ? [] : [[start, end]]
  const middle = start + splitOf(end - start)
  return from <= middle
    ? [...consistencyRanges(from, [start, middle], isWhole), [middle, end]]
    : [...consistencyRanges(from, [middle, end], false), [start, middle]]
}

async function rangeHash([start, end]: Range, read: ReadTile): Promise<Buffer> {
  if (start === end) return createHash('sha256').digest()
  const peaks: Buffer[] = []
  let at = start
  for (let level = levelOf(end - start); level >= 0; level -= 1) {
    const width = TILE ** level
    const count = Math.floor((end - at) / width)
    if (count > 0) peaks.push(...peaksOf(await nodesAt(read, { level, place: at / width, count })))
    at += count * width
  }
  return peaks.reduceRight((right, left) => node(left, right))
}

function levelOf(leaves: number): number {
  let level = 0
  while (TILE ** (level + 1) <= leaves) level += 1
  return level
}

type Nodes = { readonly level: number; readonly place: number; readonly count: number }

/** They never cross a tile's edge: a range begins where a subtree of its own size would. */
async function nodesAt(read: ReadTile, { level, place, count }: Nodes): Promise<Uint8Array[]> {
  const first = place % TILE
  const tile = await read(level, Math.floor(place / TILE))
  const nodes = tile.slice(first, first + count)
  return nodes.length === count ? nodes : panic('a node is not stored')
}

/** The roots of the complete subtrees, the largest first. */
function peaksOf(nodes: readonly Uint8Array[]): Buffer[] {
  const peaks: Buffer[] = []
  for (let at = 0; at < nodes.length;) {
    const width = 2 ** Math.floor(Math.log2(nodes.length - at))
    peaks.push(merkleRoot(nodes.slice(at, at + width)))
    at += width
  }
  return peaks
}
