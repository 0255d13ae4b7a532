import type { Clock } from '@visavis/platform/clock'
import { createFrameQueue, createJournalFile } from './journal-disk.ts'
import type { JournalFault } from './journal-disk.ts'
import { encodeHeader, recordBytesOf, writeRecord } from './journal-format.ts'
import type { JournalEvent, JournalHeader, RecordKind } from './journal-format.ts'
import {
  CHAIN_BYTES,
  FRAME_MS,
  FRAME_RECORDS_BYTES,
  chainStart,
  encodeFrame,
} from './journal-frame.ts'

/** Appends to one journal, sealed and chained. */
export type JournalWriter = {
  /** Takes a record; it is on disk about {@link FRAME_MS} later. Does nothing after a failure or the close. */
  readonly append: (kind: RecordKind, monoNs: bigint, bytes: Uint8Array) => void
  /** Takes an event of now. */
  readonly note: (event: JournalEvent) => void
  /** Resolves when all that was taken so far is on disk. Throws a {@link JournalFault} when the disk refused. */
  readonly settle: () => Promise<void>
  /**
   * Seals and syncs what is left and closes the file: CLOSED marks it as whole, LEFT leaves it as a crash would,
   * but without a loss. Idempotent. Throws a {@link JournalFault} when the disk refused.
   */
  readonly close: (how: 'CLOSED' | 'LEFT') => Promise<void>
}

/** How far a journal is on disk. */
export type JournalHead = {
  readonly chunks: number
  /** SHA-256 in hexadecimal. */
  readonly chain: string
  /** Of the file, header and frames. */
  readonly bytes: number
}

/** Both clocks are noted beside each other so often, and whose each track is; milliseconds. */
const ANCHOR_EVERY_MS = 10_000
const NS_PER_MS = 1_000_000n

export type JournalWriterOptions = {
  readonly path: string
  readonly header: JournalHeader
  /** The recording's; it is copied. */
  readonly key: Uint8Array
  readonly clock: Clock
  /** Told of every frame that is on disk. */
  readonly onHead: (head: JournalHead) => void
  /** Told once; nothing more is taken then. */
  readonly onFailed: (fault: JournalFault) => void
}

/** Creates the journal with its header safely on disk. Throws a Fault when there is one already or the disk refuses. */
export async function createJournalWriter(options: JournalWriterOptions): Promise<JournalWriter> {
  const headerLine = encodeHeader(options.header)
  const file = await createJournalFile(options.path, headerLine)
  const { onFailed, onHead } = options
  const queue = createFrameQueue<Frame>({ file, onFailed, onWritten: ({ head }) => onHead(head) })
  const sealer = createFrameSealer({ ...options, headerLine, push: queue.push })
  const note = (event: JournalEvent): void =>
    sealer.add('event', process.hrtime.bigint(), Buffer.from(JSON.stringify(event)))
  const described = new Map<string, JournalEvent>()
  const anchor = (): void => note({ event: 'anchor', wall: options.clock.now().toISOString() })
  anchor()
  const sealing = setInterval(() => sealer.seal(false), FRAME_MS)
  const anchoring = setInterval(() => {
    anchor()
    // So that damage never takes with it whose all the rest is.
    described.forEach((event) => note(event))
  }, ANCHOR_EVERY_MS)
  let closed: Promise<void> | null = null
  const close = async (how: 'CLOSED' | 'LEFT'): Promise<void> => {
    clearInterval(sealing)
    clearInterval(anchoring)
    anchor()
    if (how === 'CLOSED') note({ event: 'closed' })
    sealer.seal(how === 'CLOSED')
    sealer.forget()
    await queue.settle().finally(() => file.close())
  }
  return {
    append: (kind, monoNs, bytes) => sealer.add(kind, monoNs, bytes),
    note(event) {
      if (event.event === 'trackDescribed') described.set(event.track.trackId, event)
      note(event)
    },
    async settle() {
      sealer.seal(false)
      await queue.settle()
    },
    close: (how) => (closed ??= close(how)),
  }
}

type Frame = { readonly bytes: Buffer; readonly head: JournalHead }

/** Gathers records to frames and chains these. */
function createFrameSealer(
  options: JournalWriterOptions & {
    readonly headerLine: Buffer
    readonly push: (frame: Frame) => void
  },
) {
  const { header, headerLine, push } = options
  const key = Buffer.from(options.key)
  const monoStart = BigInt(header.monoStart)
  const msOf = (monoNs: bigint): number => Math.max(0, Number((monoNs - monoStart) / NS_PER_MS))
  // Written in its place: a record of its own for each packet costs more than all that is done with it.
  let held = Buffer.allocUnsafe(FRAME_RECORDS_BYTES)
  let heldBytes = 0
  let [fromMs, toMs] = [0, 0]
  let chunks = 0
  let fileBytes = headerLine.length
  let chainBefore = chainStart(headerLine)
  let isForgotten = false

  const seal = (isLast: boolean): void => {
    if (isForgotten || (heldBytes === 0 && !isLast)) return
    const { recordingId } = header
    const head = { chunk: chunks, isLast, fromMs, toMs }
    const records = held.subarray(0, heldBytes)
    const bytes = encodeFrame(records, head, { recordingId, chainBefore, key })
    chainBefore = bytes.subarray(-CHAIN_BYTES)
    chunks += 1
    fileBytes += bytes.length
    heldBytes = 0
    push({ bytes, head: { chunks, chain: chainBefore.toString('hex'), bytes: fileBytes } })
  }
  return {
    seal,
    add(kind: RecordKind, monoNs: bigint, bytes: Uint8Array) {
      if (isForgotten) return
      const length = recordBytesOf(bytes.length)
      const atMs = msOf(monoNs)
      const isTooLong = Math.max(toMs, atMs) - Math.min(fromMs, atMs) >= FRAME_MS
      if (isTooLong || heldBytes + length > FRAME_RECORDS_BYTES) seal(false)
      if (heldBytes === 0) fromMs = toMs = atMs
      if (length > held.length) held = Buffer.allocUnsafe(length)
      heldBytes = writeRecord(held, heldBytes, { kind, monoNs, bytes })
      fromMs = Math.min(fromMs, atMs)
      toMs = Math.max(toMs, atMs)
    },
    /** Overwrites the key and what was held: nothing is sealed any more. */
    forget() {
      isForgotten = true
      key.fill(0)
      held.fill(0)
    },
  }
}
