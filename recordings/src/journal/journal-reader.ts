import { createHash } from 'node:crypto'
import type { JournalSegment } from '@visavis/contract/recording-result'
import { DamagedBytes } from '@visavis/platform/sealed/damaged-bytes'
import type { ByteSource } from './byte-source.ts'
import { decodeRecords } from './journal-format.ts'
import type { JournalRecord } from './journal-format.ts'
import { FRAME_HEAD_BYTES, openFrame, recordBytesIn } from './journal-frame.ts'
import { scanJournal } from './journal-scan.ts'
import type { JournalScan, ScannedFrame } from './journal-scan.ts'

/** A journal in clear: all its whole frames. */
export type OpenJournal = JournalScan & {
  /** All frames' records one after another, where the records' offsets point. Throws `DamagedBytes`. */
  readonly plain: ByteSource
  /** Every frame in order, with its proof and its records. Throws `DamagedBytes`. */
  readonly segments: () => Generator<{ segment: JournalSegment; records: JournalRecord[] }>
  /** Every record in order. Throws `DamagedBytes`. */
  readonly records: () => Generator<JournalRecord>
}

/** Frames kept open: tracks are read one after another, each nearly in order. */
const KEPT_FRAMES = 16

/**
 * Opens a journal with its recording's key; null when the file has no whole header. Every frame is verified before
 * anything of it is given; `DamagedBytes` has the place of the frame in the file.
 */
export function openJournal(source: ByteSource, key: Uint8Array): OpenJournal | null {
  const scan = scanJournal(source)
  if (!scan) return null
  const { recordingId } = scan.header
  const open = (frame: ScannedFrame): Buffer => openAt(source, frame, { recordingId, key })
  const starts = startsOf(scan.frames)
  const segments = function* (): ReturnType<OpenJournal['segments']> {
    for (const [at, frame] of scan.frames.entries()) {
      const plain = open(frame)
      const records = [...decodeRecords(plain, starts[at] ?? 0)]
      yield { segment: segmentOf(frame, plain), records }
    }
  }
  return {
    ...scan,
    segments,
    plain: plainSource(scan.frames, starts, open),
    *records() {
      for (const { records } of segments()) yield* records
    },
  }
}

function openAt(
  source: ByteSource,
  frame: ScannedFrame,
  keys: { recordingId: string; key: Uint8Array },
): Buffer {
  try {
    const { chainBefore } = frame
    return openFrame(source.read(frame.at, frame.bytes), frame, { ...keys, chainBefore })
  } catch (error) {
    if (!(error instanceof DamagedBytes)) throw error
    const recordsAt = frame.at + FRAME_HEAD_BYTES
    throw new DamagedBytes(`chunk ${frame.chunk} of the journal cannot be opened`, {
      fromByte: recordsAt + error.fromByte,
      toByte: recordsAt + error.toByte,
    })
  }
}

function segmentOf(frame: ScannedFrame, plain: Buffer): JournalSegment {
  return {
    i: frame.chunk,
    fromMs: frame.fromMs,
    toMs: frame.toMs,
    at: frame.at,
    bytes: frame.bytes,
    sha256: createHash('sha256').update(plain).digest('hex'),
    chain: frame.chain.toString('hex'),
  }
}

/** Where each frame's records begin in the plain bytes; one more at the end, for their length. */
function startsOf(frames: readonly ScannedFrame[]): number[] {
  const starts = [0]
  for (const { bytes } of frames) starts.push((starts.at(-1) ?? 0) + recordBytesIn(bytes))
  return starts
}

function plainSource(
  frames: readonly ScannedFrame[],
  starts: readonly number[],
  open: (frame: ScannedFrame) => Buffer,
): ByteSource {
  const kept = new Map<number, Buffer>()
  const opened = (number: number): Buffer => {
    const frame = frames[number]
    const plain = kept.get(number) ?? (frame ? open(frame) : Buffer.alloc(0))
    // Last used, last forgotten.
    kept.delete(number)
    kept.set(number, plain)
    const [oldest] = kept.keys()
    if (kept.size > KEPT_FRAMES && oldest !== undefined) kept.delete(oldest)
    return plain
  }
  const size = starts.at(-1) ?? 0
  return {
    size,
    read(offset, length) {
      const end = Math.min(offset + length, size)
      const parts: Buffer[] = []
      let at = offset
      for (let number = frameAt(starts, offset); at < end; number += 1) {
        const from = starts[number] ?? 0
        const part = opened(number).subarray(at - from, end - from)
        parts.push(part)
        at = starts[number + 1] ?? end
      }
      const [only] = parts
      return parts.length === 1 && only ? only : Buffer.concat(parts)
    },
  }
}

/** The number of the frame whose records hold the plain byte at `offset`. */
function frameAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? Infinity) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
