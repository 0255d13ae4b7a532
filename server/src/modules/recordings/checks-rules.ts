import { createHash } from 'node:crypto'
import { CheckProblem } from '@visavis/contract/http'
import { PROOF_BLOCK_BYTES } from '@visavis/contract/recording-result'
import type { FileProof, JournalProof } from '@visavis/contract/recording-result'
import { z } from 'zod'

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

/** A finding as it is told. */
export function problemOf(finding: Finding): CheckProblem {
  const { code, file } = finding
  if (code !== 'DAMAGED') return { code, file }
  return { code, file, fromByte: finding.fromByte, toByte: finding.toByte }
}

/** The problems of a stored check; an older one has its first only, as text. */
export function problemsOf({ problems, finding }: StoredCheck): CheckProblem[] {
  const told = CheckProblems.safeParse(problems)
  if (finding === CHECK_OK || (told.success && told.data.length > 0)) return told.data ?? []
  const [code, file = '', range] = finding.split(' ')
  const [fromByte, toByte] = range?.split('-').map(Number) ?? []
  return CheckProblems.safeParse([{ code, file, fromByte, toByte }]).data ?? []
}

const CheckProblems = z.array(CheckProblem)
type StoredCheck = { readonly problems: unknown; readonly finding: string }

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
 * Compares a journal with its manifest: the header, then every frame, each of which hangs on the chain's value that
 * stands before it, and the stretches that were damaged when the manifest was made. Needs no key.
 */
export function compareJournal({
  bytes,
  headerSha256,
  segments,
  damaged,
}: Omit<JournalProof, 'file' | 'root' | 'cutBytes' | 'isClosed'>): Comparison {
  let before = Buffer.from(headerSha256, 'hex')
  const stretches = [
    ...segments.map((segment) => ({ ...segment, isGood: isFrame(segment) })),
    ...damaged.map((stretch) => ({ ...stretch, isGood: isHashed(stretch.sha256) })),
  ].toSorted((one, other) => one.at - other.at)
  const header: Part = { bytes: stretches[0]?.at ?? bytes, isGood: isHashed(headerSha256) }
  const parts = stretches.map(({ bytes: length, isGood }): Part => ({
    bytes: length,
    isGood(part) {
      const isOfChain = isGood(part, before)
      before = Buffer.concat([before, part]).subarray(-CHAIN_BYTES)
      return isOfChain
    },
  }))
  return compareParts([header, ...parts])
}

const isHashed =
  (sha256: string) =>
  (part: Buffer): boolean =>
    createHash('sha256').update(part).digest('hex') === sha256

const isFrame =
  ({ chain }: { readonly chain: string }) =>
  (part: Buffer, before: Buffer): boolean => {
    const own = part.subarray(0, -CHAIN_BYTES)
    const next = createHash('sha256').update(before).update(own).digest('hex')
    return next === chain && part.subarray(-CHAIN_BYTES).toString('hex') === next
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

/** The noted head that is not on the chain of what was kept, or null; of damaged chunks nothing can be said. */
export function headOffChain(
  heads: readonly { readonly chunks: number; readonly chain: string }[],
  { segments, damaged }: Pick<JournalProof, 'segments' | 'damaged'>,
): { readonly chunks: number } | null {
  const chains = new Map(segments.map(({ i, chain }) => [i, chain]))
  const lastChunk = segments.at(-1)?.i ?? -1
  const isDamaged = (chunk: number): boolean =>
    damaged.length > 0 && chunk < lastChunk && !chains.has(chunk)
  const isOff = (head: { chunks: number; chain: string }): boolean =>
    chains.get(head.chunks - 1) !== head.chain && !isDamaged(head.chunks - 1)
  return heads.find(isOff) ?? null
}
