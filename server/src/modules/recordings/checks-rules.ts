import { createHash } from 'node:crypto'
import type { RecordingManifest } from '@visavis/contract/recording-manifest'
import { PROOF_BLOCK_BYTES } from '@visavis/contract/recording-result'
import type { FileProof } from '@visavis/contract/recording-result'

/** What is wrong with a recording's files, by code; bytes from the first to the last bad one, both included. */
export type Finding =
  | { readonly code: 'MISSING'; readonly file: string }
  | {
      readonly code: 'DAMAGED'
      readonly file: string
      readonly fromByte: number
      readonly toByte: number
    }
  | { readonly code: 'MANIFEST_CHANGED' | 'NOT_READABLE'; readonly file: string }
  /** A head that was noted while it was made is not on the journal's chain. */
  | { readonly code: 'HEAD_NOT_ON_CHAIN'; readonly file: string }

/** What stands in the database of a check. */
export const CHECK_OK = 'OK'

/** A finding as it is stored: `CODE file from-to`. */
export function findingText(finding: Finding | null): string {
  if (finding === null) return CHECK_OK
  const range = finding.code === 'DAMAGED' ? ` ${finding.fromByte}-${finding.toByte}` : ''
  return `${finding.code} ${finding.file}${range}`
}

/** Takes a file's bytes in their order and says where they stop being what was promised. */
export type Comparison = {
  readonly add: (bytes: Uint8Array) => void
  /** The first bad stretch; null when all of it, to the last byte, is as promised. Once. */
  readonly end: () => { readonly fromByte: number; readonly toByte: number } | null
}

/** A part of a file whose hash was promised. */
type Part = { readonly bytes: number; readonly isGood: (part: Buffer) => boolean }

/** Compares a file with the blocks of its proof. */
export function compareBlocks({ bytes, blocks }: Pick<FileProof, 'bytes' | 'blocks'>): Comparison {
  const parts = blocks.map((sha256, index): Part => {
    const left = bytes - index * PROOF_BLOCK_BYTES
    return {
      bytes: Math.min(PROOF_BLOCK_BYTES, left),
      isGood: (part) => createHash('sha256').update(part).digest('hex') === sha256,
    }
  })
  return compareParts(parts)
}

const CHAIN_BYTES = 32

/**
 * Compares a journal with its manifest: the header, then every frame, each of which is chained to all before
 * it. Needs no key.
 */
export function compareJournal({
  bytes,
  headerSha256,
  segments,
}: Pick<RecordingManifest['journal'], 'bytes' | 'headerSha256' | 'segments'>): Comparison {
  let chain = headerSha256
  const header: Part = {
    bytes: segments[0]?.at ?? bytes,
    isGood: (part) => createHash('sha256').update(part).digest('hex') === headerSha256,
  }
  const frames = segments.map((segment): Part => ({
    bytes: segment.bytes,
    isGood(part) {
      const own = part.subarray(0, -CHAIN_BYTES)
      const next = createHash('sha256').update(Buffer.from(chain, 'hex')).update(own).digest('hex')
      chain = next
      return next === segment.chain && part.subarray(-CHAIN_BYTES).toString('hex') === next
    },
  }))
  return compareParts([header, ...frames])
}

function compareParts(parts: readonly Part[]): Comparison {
  let held: Buffer[] = []
  let heldBytes = 0
  let at = 0
  let index = 0
  let bad: { fromByte: number; toByte: number } | null = null
  const endPart = (part: Part): void => {
    if (!part.isGood(Buffer.concat(held))) bad ??= { fromByte: at, toByte: at + part.bytes - 1 }
    at += part.bytes
    index += 1
    held = []
    heldBytes = 0
  }
  return {
    add(bytes) {
      let from = 0
      while (from < bytes.length && bad === null) {
        const part = parts[index]
        if (!part) {
          bad = { fromByte: at, toByte: at + bytes.length - from - 1 }
          return
        }
        const some = bytes.subarray(from, from + part.bytes - heldBytes)
        held.push(Buffer.from(some))
        heldBytes += some.length
        from += some.length
        if (heldBytes === part.bytes) endPart(part)
      }
    },
    end() {
      const part = parts[index]
      if (bad === null && part) bad = { fromByte: at, toByte: at + part.bytes - 1 }
      return bad
    },
  }
}

/** The noted head that is not on the chain of what was kept, or null. */
export function headOffChain(
  heads: readonly { readonly chunks: number; readonly chain: string }[],
  segments: RecordingManifest['journal']['segments'],
): { readonly chunks: number } | null {
  return heads.find(({ chunks, chain }) => segments[chunks - 1]?.chain !== chain) ?? null
}
