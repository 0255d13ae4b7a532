import { createHash } from 'node:crypto'
import { SEALING } from '@visavis/contract/recording-result'
import { JournalHeader, encodeHeader, encodeRecord } from './journal-format.ts'
import type { RecordKind } from './journal-format.ts'
import { CHAIN_BYTES, chainStart, encodeFrame } from './journal-frame.ts'

/** What tests write into a journal. */
export type Written = {
  readonly kind: RecordKind
  readonly monoNs: bigint
  readonly bytes: Uint8Array
}

export const aKey = (name: string): Buffer => createHash('sha256').update(name).digest()

/** A header for tests. */
export function aHeader(change: Partial<Record<keyof JournalHeader, unknown>> = {}): JournalHeader {
  return JournalHeader.parse({
    v: 2,
    sealing: SEALING,
    recordingId: '6ad4f6f8-08ad-4c2c-a6f4-0f5a4c4a7c11',
    visitId: '0c2f3ab2-5f0e-4f4e-9d5e-3c2f7b8f9a12',
    epoch: 1,
    grantSha256: '0'.repeat(64),
    wallStart: '2026-11-21T10:00:00.000Z',
    monoStart: '1000000000',
    ...change,
  })
}

/** A whole journal in memory: each list of records a frame of its own, the last one closed. */
export function journalOf(
  frames: readonly (readonly Written[])[],
  { header, key, isClosed = true }: { header: JournalHeader; key: Uint8Array; isClosed?: boolean },
): Buffer {
  const headerLine = encodeHeader(header)
  const parts = [headerLine]
  let chainBefore = chainStart(headerLine)
  for (const [chunk, written] of frames.entries()) {
    const records = Buffer.concat(
      written.map(({ kind, monoNs, bytes }) => encodeRecord(kind, monoNs, bytes)),
    )
    const isLast = isClosed && chunk === frames.length - 1
    const head = { chunk, isLast, fromMs: chunk * 1000, toMs: chunk * 1000 + 999 }
    const frame = encodeFrame(records, head, { recordingId: header.recordingId, chainBefore, key })
    parts.push(frame)
    chainBefore = Buffer.from(frame.subarray(-CHAIN_BYTES))
  }
  return Buffer.concat(parts)
}
