import type { ByteSource } from './byte-source.ts'
import {
  JournalEvent,
  JournalHeader,
  RECORD_CRC_BYTES,
  RECORD_HEAD_BYTES,
  decodeHead,
  isIntact,
} from './journal-format.ts'
import type { JournalRecord } from './journal-format.ts'

/** The header line is far shorter. */
const MAX_HEADER_BYTES = 4_096
const NEWLINE = 0x0a

/** The header and where the records begin, or null when the file has no whole header. */
export function readHeader(
  source: ByteSource,
): { header: JournalHeader; recordsAt: number } | null {
  const start = source.read(0, MAX_HEADER_BYTES)
  const newlineAt = start.indexOf(NEWLINE)
  if (newlineAt < 0) return null
  const header = JournalHeader.safeParse(parseJson(start.subarray(0, newlineAt)))
  return header.success ? { header: header.data, recordsAt: newlineAt + 1 } : null
}

/** Every record up to the first broken one; what follows a tear cannot be trusted and is not read. */
export function* readRecords(source: ByteSource, recordsAt: number): Generator<JournalRecord> {
  let at = recordsAt
  for (;;) {
    const headBytes = source.read(at, RECORD_HEAD_BYTES)
    if (headBytes.length < RECORD_HEAD_BYTES) return
    const head = decodeHead(headBytes)
    if (!head) return
    const size = RECORD_HEAD_BYTES + head.length + RECORD_CRC_BYTES
    const whole = source.read(at, size)
    if (whole.length < size || !isIntact(whole)) return
    const bytes = whole.subarray(RECORD_HEAD_BYTES, RECORD_HEAD_BYTES + head.length)
    yield { kind: head.kind, monoNs: head.monoNs, bytes, offset: at + RECORD_HEAD_BYTES }
    at += size
  }
}

/** The event in an event record; null for one of a later version that is not known here. */
export function readEvent(bytes: Buffer): JournalEvent | null {
  const event = JournalEvent.safeParse(parseJson(bytes))
  return event.success ? event.data : null
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
