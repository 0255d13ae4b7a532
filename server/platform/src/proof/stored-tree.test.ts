import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inclusionProof, isConsistent, merkleLeaf, merkleRoot, splitOf } from './merkle.ts'
import { TILE, createStoredTree, grownNodes } from './stored-tree.ts'
import type { ReadTile } from './stored-tree.ts'

/** Two levels of tiles, and a third that has begun. */
const MOST = TILE ** 2 + 3 * TILE + 5
const LEAVES = Array.from({ length: MOST }, (_, at) => merkleLeaf(Buffer.from(`entry ${at}`)))

/** Tiles as a database keeps them: grown in steps, never from the whole log again. */
async function grown(sizes: readonly number[]): Promise<ReadTile> {
  const stored = new Map<number, Buffer[]>()
  const readTile: ReadTile = async (level, tile) => {
    const nodes = level === 0 ? LEAVES : (stored.get(level) ?? [])
    return nodes.slice(tile * TILE, (tile + 1) * TILE)
  }
  let from = 0
  for (const to of sizes) {
    for await (const { level, place, hash } of grownNodes({ from, to }, readTile)) {
      const nodes = stored.get(level) ?? []
      expect(nodes).toHaveLength(place)
      stored.set(level, [...nodes, hash])
    }
    from = to
  }
  return readTile
}

/** RFC 6962, 2.1.2, word by word. */
function consistencyProof(m: number, leaves: readonly Buffer[], isWhole = true): Buffer[] {
  const n = leaves.length
  if (m === n) return isWhole ? [] : [merkleRoot(leaves)]
  const k = splitOf(n)
  return m <= k
    ? [...consistencyProof(m, leaves.slice(0, k), isWhole), merkleRoot(leaves.slice(k))]
    : [...consistencyProof(m - k, leaves.slice(k), false), merkleRoot(leaves.slice(0, k))]
}

/** What is near the edges of tiles, and anything. */
const size = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: TILE - 2, max: 2 * TILE + 2 }),
  fc.integer({ min: TILE ** 2 - 2, max: TILE ** 2 + 2 }),
  fc.integer({ min: 1, max: MOST }),
)

describe('[TR-2] a tree that is stored in tiles', () => {
  it('has the root and the proofs of RFC 6962 at every size, however it grew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(size, { maxLength: 4 }), size, fc.nat(), async (steps, to, any) => {
        const sizes = [...steps.filter((one) => one < to).toSorted((a, b) => a - b), to]
        const tree = createStoredTree(await grown(sizes))
        const leaves = LEAVES.slice(0, to)
        expect(await tree.root(to)).toEqual(merkleRoot(leaves))
        expect(await tree.inclusion(any % to, to)).toEqual(inclusionProof(leaves, any % to))
        const from = 1 + (any % to)
        expect(await tree.consistency(from, to)).toEqual(consistencyProof(from, leaves))
      }),
      { numRuns: 10 },
    )
  }, 240_000)

  it('proves growth between any two sizes, and no other history', async () => {
    const tree = createStoredTree(await grown([40]))
    const rootOf = (to: number) => merkleRoot(LEAVES.slice(0, to))
    for (let to = 1; to <= 40; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const proof = await tree.consistency(from, to)
        const [old, grown] = [
          { size: from, root: rootOf(from) },
          { size: to, root: rootOf(to) },
        ]
        expect(isConsistent({ from: old, to: grown, proof })).toBe(true)
        const other = { size: from, root: rootOf(from + 1) }
        expect(isConsistent({ from: other, to: grown, proof })).toBe(false)
        const cut = { size: to, root: rootOf(to + 1) }
        expect(isConsistent({ from: old, to: cut, proof })).toBe(false)
        expect(isConsistent({ from: grown, to: old, proof })).toBe(from === to)
        expect(isConsistent({ from: old, to: grown, proof: [...proof, old.root] })).toBe(false)
      }
    }
  }, 240_000)

  it('reads a few tiles, and not the log', async () => {
    const stored = await grown([MOST])
    let reads = 0
    const tree = createStoredTree((level, tile) => {
      reads += 1
      return stored(level, tile)
    })
    await tree.root(MOST)
    await tree.inclusion(TILE, MOST)
    await tree.consistency(TILE + 7, MOST)
    expect(reads).toBeLessThanOrEqual(8)
  })
})
