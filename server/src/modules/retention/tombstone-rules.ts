import { createHash } from 'node:crypto'
import { canonicalJson } from '@visavis/contract/canonical-json'
import type { CanonicalValue } from '@visavis/contract/canonical-json'
import { z } from 'zod'

/** A manifest as it was signed, as far as a tombstone repeats it. */
export type LastManifest = {
  readonly number: number
  readonly sha256: string
  readonly root: string
  readonly bytes: Uint8Array
}

/** What is destroyed of a visit. Ids, hashes and times: nothing of what was said or shown, and no names. */
export type Destroyed = {
  readonly destructionId: string
  readonly visitId: string
  readonly facilityId: string
  readonly cause: 'EXPIRED' | 'EARLY'
  readonly destroyedAt: Date
  /** Accounts; both are there where it was destroyed before its time. */
  readonly askedBy: string | null
  readonly decidedBy: string | null
  readonly recordings: readonly {
    readonly recordingId: string
    readonly epoch: number
    readonly manifest: LastManifest | null
  }[]
  readonly derivativeIds: readonly string[]
  readonly exports: readonly { readonly exportId: string; readonly sha256: string | null }[]
}

/** What is left of it: the file's bytes, their SHA-256 (hex), and how many sealed files it names. */
export type Tombstone = {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly sha256: string
  readonly files: number
}

const Sealed = z.object({ file: z.string(), bytes: z.number(), sha256: z.string() })
const Signed = z.object({ manifest: z.string() })
/** No more of a manifest than is needed: a later form of it stops no destruction. */
const ManifestFiles = z.object({
  journal: z.object({ file: z.string(), bytes: z.number(), root: z.string() }),
  tracks: z.array(z.object({ master: Sealed, thumbnails: Sealed.optional() })),
  derived: z.array(z.object({ derivativeId: z.string(), file: Sealed })).default([]),
})

/** The tombstone of a destruction: canonical JSON (RFC 8785), so that its hash is one and the same for ever. */
export function tombstoneOf(destroyed: Destroyed): Tombstone {
  const recordings = destroyed.recordings.map(recordingOf)
  const { destructionId, visitId, facilityId, cause, askedBy, decidedBy } = destroyed
  const text = canonicalJson({
    ...{ v: 1, type: 'visavis.tombstone', destructionId, visitId, facilityId, cause },
    destroyedAt: destroyed.destroyedAt.toISOString(),
    ...(askedBy === null ? {} : { askedBy }),
    ...(decidedBy === null ? {} : { decidedBy }),
    recordings,
    derivatives: [...destroyed.derivativeIds],
    exports: destroyed.exports.map(({ exportId, sha256 }) => ({
      exportId,
      ...(sha256 === null ? {} : { sha256 }),
    })),
  })
  const bytes = new Uint8Array(new TextEncoder().encode(text))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { bytes, sha256, files: recordings.reduce((sum, { files }) => sum + files.length, 0) }
}

type Recording = {
  readonly files: readonly CanonicalValue[]
  readonly [key: string]: CanonicalValue
}

function recordingOf({ recordingId, epoch, manifest }: Destroyed['recordings'][number]): Recording {
  if (manifest === null) return { recordingId, epoch, files: [] }
  const { number, sha256, root } = manifest
  return { recordingId, epoch, manifest: { number, sha256, root }, files: filesOf(manifest) }
}

/** The sealed files that a manifest names; none where it cannot be read, as its hash is told all the same. */
function filesOf({ bytes }: LastManifest): CanonicalValue[] {
  const found = ManifestFiles.safeParse(manifestIn(bytes))
  if (!found.success) return []
  const { journal, tracks, derived } = found.data
  const sealed = ({ file, bytes: length, sha256 }: z.output<typeof Sealed>) => ({
    ...{ file, bytes: length, sha256 },
  })
  return [
    { file: journal.file, bytes: journal.bytes, root: journal.root },
    ...tracks.flatMap(({ master, thumbnails }) => [
      sealed(master),
      ...(thumbnails ? [sealed(thumbnails)] : []),
    ]),
    ...derived.map(({ derivativeId, file }) => ({ derivativeId, ...sealed(file) })),
  ]
}

function manifestIn(bytes: Uint8Array): unknown {
  try {
    const signed = Signed.parse(JSON.parse(new TextDecoder().decode(bytes)))
    return JSON.parse(signed.manifest)
  } catch {
    return null
  }
}
