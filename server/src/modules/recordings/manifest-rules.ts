import { createHash, sign } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '@visavis/contract/canonical-json'
import type { CanonicalValue } from '@visavis/contract/canonical-json'
import { RecordingManifest, SignedManifest } from '@visavis/contract/recording-manifest'
import type { ManifestGap } from '@visavis/contract/recording-manifest'
import { FileProof, SEALING, Sha256 } from '@visavis/contract/recording-result'
import type { RecordingResult } from '@visavis/contract/recording-result'
import type { SigningKey } from '../../platform/signing-key.ts'

/** What a copy was made of and with, as it is kept beside it. */
const DerivedProof = z.object({
  proof: FileProof,
  tool: z.string(),
  argumentsSha256: Sha256,
  roots: z.array(Sha256),
})

/** A copy of a visit's recordings that has been made. */
export type MadeDerivative = {
  readonly derivativeId: string
  readonly kind: 'REVIEW_COPY' | 'CLIP'
  readonly fromMs: number
  readonly toMs: number
  readonly proof: unknown
}

/** All that a manifest says beside what the recorder told. */
export type ManifestFacts = {
  readonly result: RecordingResult
  readonly facilityId: string
  readonly visitClass: 'social' | 'official'
  readonly seats: readonly { readonly seatId: string; readonly party: 'VISITOR' | 'INMATE' }[]
  readonly gaps: readonly ManifestGap[]
  readonly derivatives: readonly MadeDerivative[]
  readonly kekId: string
  readonly audit: RecordingManifest['audit']
}

/** Where and when a manifest is made. */
export type ManifestIssue = {
  readonly number: number
  readonly issuedAt: Date
  /** The service's public origin. */
  readonly issuer: string
}

/** Puts a manifest together; pure. */
export function manifestOf(facts: ManifestFacts, { number, issuedAt, issuer }: ManifestIssue) {
  const { result, facilityId, visitClass, kekId, audit } = facts
  const { recordingId, visitId, epoch, grantSha256, openedAt, originAt, lastMs } = result
  return RecordingManifest.parse({
    ...{ v: 1, type: 'visavis.recording', number, issuedAt: issuedAt.toISOString(), issuer },
    ...{ recordingId, visitId, facilityId, visitClass, epoch, grantSha256 },
    ...{ openedAt, originAt, lastMs, anchors: result.anchors, journal: result.journal },
    tracks: tracksOf(facts),
    gaps: facts.gaps,
    derived: derivedOf(facts),
    crypto: { sealing: SEALING, kekId },
    tools: result.tools,
    audit,
  })
}

function tracksOf({ result, seats }: ManifestFacts): RecordingManifest['tracks'] {
  return result.tracks.flatMap((track) => {
    const party = seats.find(({ seatId }) => seatId === track.seatId)?.party
    if (!party) return []
    const { trackId, seatId, kind, mimeType, startMs, durationMs, packets, lostPackets } = track
    const { filledMs, master, thumbnails } = track
    return {
      ...{ trackId, seatId, party, kind, mimeType, startMs, durationMs },
      ...{ packets, lostPackets, filledMs, master },
      ...(thumbnails ? { thumbnails: thumbnails.proof } : {}),
    }
  })
}

/** The copies that were made from this recording, among others or alone. */
function derivedOf({ result, derivatives }: ManifestFacts): RecordingManifest['derived'] {
  return derivatives.flatMap(({ derivativeId, kind, fromMs, toMs, proof }) => {
    const made = DerivedProof.safeParse(proof)
    if (!made.success || !made.data.roots.includes(result.journal.root)) return []
    const { roots, tool, argumentsSha256, proof: file } = made.data
    return { derivativeId, kind, fromMs, toMs, from: roots, tool, argumentsSha256, file }
  })
}

/** A manifest as it is stored and given out. */
export type SignedManifestFile = { readonly bytes: Buffer; readonly sha256: string }

/** The signed file: the manifest's canonical text, the key and its signature over the text. */
export function signManifest(manifest: RecordingManifest, key: SigningKey): SignedManifestFile {
  // The schema allows nothing that canonical JSON does not; optional members are absent, not undefined.
  return signText('manifest', canonicalJson(manifest as unknown as CanonicalValue), key)
}

/** `{[name]: text, publicKey, signature}` as canonical JSON. */
export function signText(
  name: string,
  text: string,
  { privateKey, publicKey }: SigningKey,
): SignedManifestFile {
  const signature = sign(null, Buffer.from(text), privateKey).toString('base64')
  const bytes = Buffer.from(canonicalJson({ [name]: text, publicKey, signature }))
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** The manifest in a signed file that we stored ourselves. */
export function readManifest(bytes: Uint8Array): RecordingManifest {
  const { manifest } = SignedManifest.parse(JSON.parse(new TextDecoder().decode(bytes)))
  return RecordingManifest.parse(JSON.parse(manifest))
}

/** Whether a manifest says what would be said now: files never change, gaps and copies do. */
export function saysTheSame(one: RecordingManifest, other: RecordingManifest): boolean {
  const said = ({ gaps, derived, journal, tracks }: RecordingManifest): string =>
    canonicalJson({ gaps, derived, root: journal.root, tracks } as unknown as CanonicalValue)
  return said(one) === said(other)
}
