import { createHash } from 'node:crypto'
import { canonicalJson } from '@visavis/contract/canonical-json'
import type { CanonicalValue } from '@visavis/contract/canonical-json'
import { describe, expect, it } from 'vitest'
import { tombstoneOf } from './tombstone-rules.ts'
import type { Destroyed } from './tombstone-rules.ts'

const sealed = (file: string) => ({ file, bytes: 10, sha256: 'a'.repeat(64), plainBytes: 9 })
const manifest = JSON.stringify({
  journal: { file: 'journal.vvj', bytes: 99, root: 'b'.repeat(64), segments: [] },
  tracks: [
    { master: sealed('v.webm.sealed'), thumbnails: sealed('thumbnails-v.sealed') },
    { master: sealed('a.webm.sealed') },
  ],
  derived: [{ derivativeId: 'd', file: sealed('d.mp4.sealed') }],
})
const destroyed: Destroyed = {
  ...{ destructionId: 'x', visitId: 'v', facilityId: 'f', cause: 'EXPIRED' },
  destroyedAt: new Date('2026-11-22T01:00:00Z'),
  askedBy: null,
  decidedBy: null,
  recordings: [
    {
      recordingId: 'r',
      epoch: 1,
      manifest: {
        number: 2,
        sha256: 'c'.repeat(64),
        root: 'b'.repeat(64),
        bytes: new TextEncoder().encode(JSON.stringify({ manifest, signature: 's' })),
      },
    },
    { recordingId: 'r2', epoch: 2, manifest: null },
  ],
  derivativeIds: ['d'],
  exports: [{ exportId: 'e', sha256: null }],
}

describe('[RC-7] a tombstone', () => {
  it('names every sealed file by its hash, and is canonical', () => {
    const { bytes, sha256, files } = tombstoneOf(destroyed)
    const text = new TextDecoder().decode(bytes)
    const said = JSON.parse(text) as CanonicalValue & {
      recordings: { files: { file: string }[] }[]
    }
    expect(canonicalJson(said)).toBe(text)
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256)
    expect(said.recordings.map((one) => one.files.map(({ file }) => file))).toEqual([
      ['journal.vvj', 'v.webm.sealed', 'thumbnails-v.sealed', 'a.webm.sealed', 'd.mp4.sealed'],
      [],
    ])
    expect(files).toBe(5)
    expect(text).not.toContain('plain')
  })

  it('is made all the same where a manifest cannot be read: its hash is told', () => {
    const [first] = destroyed.recordings
    if (!first?.manifest) throw new Error('no manifest')
    const odd = { ...first, manifest: { ...first.manifest, bytes: new TextEncoder().encode('{') } }
    const { bytes, files } = tombstoneOf({ ...destroyed, recordings: [odd] })
    expect(files).toBe(0)
    expect(new TextDecoder().decode(bytes)).toContain('c'.repeat(64))
  })
})
