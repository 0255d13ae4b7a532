import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyIdOf, originOf, signedCheckpoint, signedNote } from './checkpoint.ts'
import { HASH_BYTES, proveInclusion } from './proofs.ts'

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const leafOf = (index: number) => sha256(Buffer.of(0), Buffer.from(`entry ${index}`))

/** RFC 6962, 2.1, word by word. */
function treeHead(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  const [only] = leaves
  if (leaves.length === 1 && only) return only
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1))
  return sha256(Buffer.of(1), treeHead(leaves.slice(0, k)), treeHead(leaves.slice(k)))
}

/** RFC 9162, 2.1.3.2, word by word. */
function rootBy(
  leaf: Buffer,
  { index, size, path }: { index: number; size: number; path: readonly string[] },
) {
  let [fn, sn, r] = [index, size - 1, leaf]
  for (const hash of path) {
    const p = Buffer.from(hash, 'hex')
    if (fn % 2 === 1 || fn === sn) {
      r = sha256(Buffer.of(1), p, r)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1]
    } else r = sha256(Buffer.of(1), r, p)
    ;[fn, sn] = [fn >> 1, sn >> 1]
  }
  return sn === 0 ? r : null
}

describe('[TR-2] proofs of audit entries', () => {
  it('are those of RFC 6962 and RFC 9162 for every size and place', async () => {
    for (let size = 0; size <= 40; size += 1) {
      const leaves = Array.from({ length: size }, (_, index) => leafOf(index))
      const indices = leaves.map((_, index) => index)
      const tree = await proveInclusion(Buffer.concat(leaves), indices)
      expect(tree).toMatchObject({ size, root: treeHead(leaves) })
      for (const { index, path } of tree.proofs) {
        expect(rootBy(leafOf(index), { index, size, path })).toEqual(tree.root)
      }
    }
  })

  it('prove no entry at another place, and no other entry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(), async (size, a, b) => {
        const [one, other] = [a % size, b % size]
        const leaves = Buffer.alloc(size * HASH_BYTES)
        for (let index = 0; index < size; index += 1) leafOf(index).copy(leaves, index * HASH_BYTES)
        const { root, proofs } = await proveInclusion(leaves, [one])
        const path = proofs[0]?.path ?? []
        const root2 = rootBy(leafOf(other), { index: one, size, path })
        expect(root2?.equals(root) ?? false).toBe(one === other)
      }),
    )
  })
})

describe('[TR-2] a checkpoint', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const signer = { name: 'visits.example.org', privateKey, publicKey: raw.toString('base64') }

  it('is a signed note of origin, size and root', () => {
    const origin = originOf('https://visits.example.org', 'facility/1')
    const note = signedCheckpoint({ origin, size: 3, root: leafOf(1) }, signer)
    const [text = '', signature = ''] = note.split('\n\n')
    expect(text.split('\n')).toEqual([
      'visits.example.org/audit/facility/1',
      '3',
      leafOf(1).toString('base64'),
    ])
    const bytes = Buffer.from(signature.split(' ')[2] ?? '', 'base64')
    expect(bytes.subarray(0, 4)).toEqual(keyIdOf(signer.name, raw))
    expect(verify(null, Buffer.from(`${text}\n`), publicKey, bytes.subarray(4))).toBe(true)
  })

  it('names keys as Go’s own notes do', () => {
    // The published example of golang.org/x/mod/sumdb/note.
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
    const [name = '', id = '', key = ''] = vkey.split('+')
    const bytes = Buffer.from(key, 'base64')
    expect(keyIdOf(name, bytes.subarray(1)).toString('hex')).toBe(id)
    const text =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    const signature =
      'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
    const x = bytes.subarray(1).toString('base64url')
    const peter = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    expect(
      verify(null, Buffer.from(text), peter, Buffer.from(signature, 'base64').subarray(4)),
    ).toBe(true)
    expect(signedNote(text, signer)).toContain(`\n\n— ${signer.name} `)
  })
})
