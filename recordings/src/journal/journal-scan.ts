import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import { syncFolder } from '@visavis/platform/object-store/durable'
import { merkleLeaf } from '@visavis/platform/proof/merkle'
import type { JournalDamage } from '@visavis/contract/recording-result'
import { openFileSource } from './byte-source.ts'
import type { ByteSource } from './byte-source.ts'
import { damageOf, marksFrom } from './damage-scan.ts'
import { JournalHeader, parseJson } from './journal-format.ts'
import {
  CHAIN_BYTES,
  FRAME_HEAD_BYTES,
  chainAfter,
  chainStart,
  decodeFrameHead,
} from './journal-frame.ts'
import type { FrameHead } from './journal-frame.ts'

/** A whole frame that hangs on the chain. */
export type ScannedFrame = FrameHead & {
  /** Where it begins in the file, and its length. */
  readonly at: number
  readonly bytes: number
  readonly chainBefore: Buffer
  readonly chain: Buffer
  /** Of the whole frame, in the journal's Merkle tree. */
  readonly leaf: Buffer
}

/** What can be said of a journal without its key. */
export type JournalScan = {
  readonly header: JournalHeader
  /** SHA-256 of all before the first frame. */
  readonly headerSha256: Buffer
  readonly framesAt: number
  readonly frames: readonly ScannedFrame[]
  /** What lies between whole frames and is none: the disk did not give it back as it was written. */
  readonly damaged: readonly JournalDamage[]
  /** Header and whole frames; what follows in the file is torn. */
  readonly wholeBytes: number
  /** Bytes after the last whole frame. */
  readonly tornBytes: number
  /** It was closed in order: its last frame says so. */
  readonly isClosed: boolean
}

/** The header line is far shorter. */
const MAX_HEADER_BYTES = 4_096
const NEWLINE = 0x0a
/** What a cut takes off is kept beside the journal under this ending: it is sealed, and it is evidence. */
const CUT = '.cut'
/** More than a recorder ever holds back from its disk is no torn end but damage, for people to look at. */
const MAX_CUT_BYTES = 80 * 1024 * 1024

/** The header and where the frames begin, or null when the file has no whole header. */
export function readHeader(source: ByteSource): { header: JournalHeader; framesAt: number } | null {
  const start = source.read(0, MAX_HEADER_BYTES)
  const newlineAt = start.indexOf(NEWLINE)
  if (newlineAt < 0) return null
  const header = JournalHeader.safeParse(parseJson(start.subarray(0, newlineAt)))
  return header.success ? { header: header.data, framesAt: newlineAt + 1 } : null
}

/**
 * Walks along the chain to the last whole frame; null when the file has no whole header. A frame that is not whole
 * costs itself: the next one is found by its mark, and hangs on the chain's value that stands before it. If the
 * damage took that value as well, it costs the next frame, too.
 */
export function scanJournal(source: ByteSource): JournalScan | null {
  const start = readHeader(source)
  if (!start) return null
  const { header, framesAt } = start
  const headerSha256 = chainStart(source.read(0, framesAt))
  const frames = [...readFrames(source, framesAt, headerSha256)]
  const damaged = damagesOf(source, framesAt, frames)
  const last = frames.at(-1)
  const wholeBytes = last ? last.at + last.bytes : framesAt
  return {
    header,
    headerSha256,
    framesAt,
    frames,
    damaged,
    wholeBytes,
    tornBytes: source.size - wholeBytes,
    isClosed: last?.isLast ?? false,
  }
}

function* readFrames(
  source: ByteSource,
  framesAt: number,
  headerSha256: Buffer,
): Generator<ScannedFrame> {
  const chainAt = (at: number): Buffer =>
    at === framesAt ? headerSha256 : Buffer.from(source.read(at - CHAIN_BYTES, CHAIN_BYTES))
  const wholeAt = (at: number, chunk: number): ScannedFrame | null => {
    const frame = frameAt(source, at, chainAt(at))
    return frame && frame.chunk >= chunk ? frame : null
  }
  const nextWhole = (from: number, chunk: number): ScannedFrame | null => {
    for (const at of marksFrom(source, from)) {
      const frame = wholeAt(at, chunk)
      if (frame) return frame
    }
    return null
  }
  let frame = wholeAt(framesAt, 0) ?? nextWhole(framesAt + 1, 0)
  while (frame) {
    yield frame
    if (frame.isLast) return
    const { at, bytes, chunk } = frame
    frame = wholeAt(at + bytes, chunk + 1) ?? nextWhole(at + bytes + 1, chunk + 1)
  }
}

/** The frame at a place, if it is whole and hangs on the chain there. */
function frameAt(source: ByteSource, at: number, chainBefore: Buffer): ScannedFrame | null {
  const head = decodeFrameHead(source.read(at, FRAME_HEAD_BYTES))
  if (!head) return null
  const { frameBytes: bytes, ...said } = head
  const frame = source.read(at, bytes)
  if (frame.length < bytes) return null
  const chain = Buffer.from(frame.subarray(-CHAIN_BYTES))
  if (!chainAfter(chainBefore, frame).equals(chain)) return null
  return { ...said, at, bytes, chainBefore, chain, leaf: merkleLeaf(frame) }
}

function damagesOf(
  source: ByteSource,
  framesAt: number,
  frames: readonly ScannedFrame[],
): JournalDamage[] {
  let [end, toMs] = [framesAt, 0]
  return frames.flatMap((frame) => {
    const before = { at: end, fromMs: toMs }
    end = frame.at + frame.bytes
    toMs = frame.toMs
    if (before.at === frame.at) return []
    return [damageOf(source, { ...before, end: frame.at, toMs: frame.fromMs })]
  })
}

/**
 * Cuts a journal that a recorder left behind to its last whole frame, and keeps what it cut beside it. Returns the
 * bytes that were cut; 0 for a whole one. Throws a Fault when the disk refuses, when
 * the file has no header, and when more is broken than a crash can tear.
 */
export async function cutTail(path: string): Promise<number> {
  const scan = scanFile(path)
  if (scan === null) throw new Fault('a journal without a header')
  if (scan.tornBytes > MAX_CUT_BYTES) throw new Fault('a journal is damaged before its end')
  if (scan.tornBytes === 0) return 0
  try {
    const file = await open(path, 'r+')
    await cut(file, path, scan).finally(() => file.close())
  } catch (cause) {
    throw new Fault('a torn journal cannot be cut', { cause })
  }
  return scan.tornBytes
}

/** What can be said of the journal at `path`; null when it has no whole header. Throws when it cannot be read. */
export function scanFile(path: string): JournalScan | null {
  const source = openFileSource(path)
  try {
    return scanJournal(source)
  } finally {
    source.close()
  }
}

async function cut(
  file: FileHandle,
  path: string,
  { wholeBytes, tornBytes }: JournalScan,
): Promise<void> {
  const torn = Buffer.alloc(tornBytes)
  const { bytesRead } = await file.read(torn, 0, tornBytes, wholeBytes)
  const kept = await open(`${path}${CUT}`, 'w')
  try {
    await kept.writeFile(torn.subarray(0, bytesRead))
    await kept.sync()
  } finally {
    await kept.close()
  }
  await syncFolder(dirname(path))
  await file.truncate(wholeBytes)
  await file.sync()
}
