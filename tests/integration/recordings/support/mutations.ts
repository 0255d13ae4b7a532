import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { verifyFolder } from '../../../../scripts/verifier/recording/verify.mjs'
import { seeded } from '../../../support/seeded.ts'

/** What is done to a file. */
type Mutation = {
  readonly file: string
  readonly what: 'FLIP' | 'CUT' | 'ADD' | 'SWAP' | 'DROP' | 'REMOVE'
  readonly at: number
}

const WHAT = ['FLIP', 'CUT', 'ADD', 'SWAP', 'DROP', 'REMOVE'] as const

/** So many mutations at random places of these files; the same ones each time. */
function* someMutations(
  files: readonly { readonly file: string; readonly bytes: number }[],
  count: number,
): Generator<Mutation> {
  const { below, pick } = seeded(SEED)
  for (let index = 0; index < count; index += 1) {
    const { file, bytes } = pick(files) ?? { file: '', bytes: 0 }
    const what = pick(WHAT) ?? 'FLIP'
    // A manifest that is gone is nowhere missed but in an export, whose contents name it.
    const isManifest = /manifest(-\d+)?\.json$/.test(file)
    yield { file, what: isManifest && what === 'REMOVE' ? 'FLIP' : what, at: below(bytes - 100) }
  }
}

/** Short in the pipeline; `MUTATIONS=10000` for the long form. */
export const MUTATIONS = Number(process.env['MUTATIONS'] ?? 60)
/** Others with another seed. */
const SEED = Number(process.env['MUTATIONS_SEED'] ?? 6)
/** Also for ten thousand, and a machine that has much else to do. */
export const LONG_ENOUGH = { timeout: 120_000 + MUTATIONS * 500 }

/** Makes {@link MUTATIONS} in a folder, one after the other: the verifier finds each, and names its file. */
export function verifyFindsAll(folder: string, files: readonly string[]): void {
  const sizes = files.map((file) => ({ file, bytes: readFileSync(join(folder, file)).length }))
  const found = new Map<string, number>()
  const startedMs = performance.now()
  for (const mutation of someMutations(sizes, MUTATIONS)) {
    const undo = mutate(folder, mutation)
    const { isGood, faults } = verifyFolder(folder)
    const isNamed = faults.some(({ file }) => file === mutation.file)
    expect({ mutation, isGood, isNamed }).toEqual({ mutation, isGood: false, isNamed: true })
    undo()
    found.set(mutation.what, (found.get(mutation.what) ?? 0) + 1)
  }
  expect(verifyFolder(folder).faults).toEqual([])
  const tookS = Math.round((performance.now() - startedMs) / 1_000)
  const figures = {
    mutations: MUTATIONS,
    seed: SEED,
    files: files.length,
    tookS,
    found: Object.fromEntries(found),
  }
  if (process.env['MUTATIONS'] !== undefined) console.log(JSON.stringify(figures))
}

/** Does it; what is returned undoes it. */
function mutate(folder: string, { file, what, at }: Mutation): () => void {
  const path = join(folder, file)
  const before = readFileSync(path)
  if (what === 'REMOVE') rmSync(path)
  else writeFileSync(path, changed(before, { what, at }))
  return () => writeFileSync(path, before)
}

function changed(bytes: Buffer, { what, at }: Pick<Mutation, 'what' | 'at'>): Buffer {
  switch (what) {
    case 'FLIP': {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ (1 + (at % 255))
      return flipped
    }
    case 'CUT':
      return bytes.subarray(0, at)
    case 'ADD':
      return Buffer.concat([bytes.subarray(0, at), Buffer.of(at % 256), bytes.subarray(at)])
    case 'DROP':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])
    case 'SWAP':
    case 'REMOVE':
      return swapped(bytes, at)
  }
}

/** Two neighbouring stretches that differ change places. */
function swapped(bytes: Buffer, at: number): Buffer {
  const one = bytes.subarray(at, at + 40)
  const other = bytes.subarray(at + 40, at + 80)
  if (one.equals(other)) return bytes.subarray(0, at)
  return Buffer.concat([bytes.subarray(0, at), other, one, bytes.subarray(at + 80)])
}
