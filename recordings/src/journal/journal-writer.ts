import { open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import { encodeHeader, encodeRecord } from './journal-format.ts'
import type { JournalHeader, RecordKind } from './journal-format.ts'
import { makeFolder, syncFolder } from '../durable.ts'

/**
 * Appends to one journal. The receiver knows no more than this, so that the sealed form (encrypted,
 * hash-chained chunks) replaces this module and nothing else.
 */
export type JournalWriter = {
  /** Takes a record; it reaches the file within {@link FLUSH_EVERY_MS}. Does nothing after a failure. */
  readonly append: (kind: RecordKind, monoNs: bigint, bytes: Uint8Array) => void
  /** Resolves when all that was taken so far is on disk. Throws a Fault when the disk refused. */
  readonly settle: () => Promise<void>
  /** Writes and syncs what is left. Idempotent. Throws a Fault when the disk refused. */
  readonly close: () => Promise<void>
}

/** What a killed process loses at most, with room to the promised 2 s. */
const FLUSH_EVERY_MS = 250
/** What a power cut loses at most beyond that. */
const SYNC_EVERY_MS = 1_000
/** A disk this far behind (minutes of a visit) will not catch up; better to fail loudly than to eat the memory. */
const MAX_PENDING_BYTES = 64 * 1024 * 1024

/** Creates the journal with its header safely on disk. Throws a Fault when there is one already or the disk refuses. */
export async function createJournalWriter(options: {
  path: string
  header: JournalHeader
  onFailed: (why: Error) => void
}): Promise<JournalWriter> {
  const file = await createFile(options.path, options.header)
  const queue = createWriteQueue(file, options.onFailed)
  const flushing = setInterval(() => void queue.flush(), FLUSH_EVERY_MS)
  const syncing = setInterval(() => queue.sync(), SYNC_EVERY_MS)
  let closed: Promise<void> | null = null
  const close = async (): Promise<void> => {
    clearInterval(flushing)
    clearInterval(syncing)
    await queue.settle().finally(() => file.close())
  }
  return {
    append: (kind, monoNs, bytes) => queue.push(encodeRecord(kind, monoNs, bytes)),
    settle: () => queue.settle(),
    close: () => (closed ??= close()),
  }
}

async function createFile(path: string, header: JournalHeader): Promise<FileHandle> {
  try {
    await makeFolder(dirname(path))
    // Exclusive: an original is never written over.
    const file = await open(path, 'ax')
    await begin(file, header).catch(async (error: unknown) => {
      await file.close()
      // Nothing is in it yet, and it must not stand in the way of another try.
      await rm(path, { force: true })
      throw error
    })
    await syncFolder(dirname(path))
    return file
  } catch (cause) {
    throw new Fault('the journal cannot be created', { cause, code: 'RECORDER_UNAVAILABLE' })
  }
}

async function begin(file: FileHandle, header: JournalHeader): Promise<void> {
  await writeAll(file, [encodeHeader(header)])
  await file.datasync()
}

function createWriteQueue(file: FileHandle, onFailed: (why: Error) => void) {
  let pending: Buffer[] = []
  let pendingBytes = 0
  let writing: Promise<void> = Promise.resolve()
  let isSyncing = false
  let failure: Fault | null = null

  const fail = (message: string, cause?: unknown): void => {
    if (failure) return
    failure = new Fault(message, { cause })
    pending = []
    onFailed(failure)
  }
  const writeOnce = async (): Promise<void> => {
    const batch = pending
    pending = []
    pendingBytes = 0
    try {
      await writeAll(file, batch)
    } catch (cause) {
      fail('the journal cannot be written', cause)
    }
  }
  /** One write at a time, in order. */
  const flush = (): Promise<void> => (writing = writing.then(writeOnce))
  return {
    flush,
    push(record: Buffer) {
      if (failure) return
      pending.push(record)
      pendingBytes += record.length
      if (pendingBytes > MAX_PENDING_BYTES) fail('the disk is too slow for the journal')
    },
    /** Runs beside the writes: a slow sync must not keep packets in memory. */
    sync() {
      if (isSyncing || failure) return
      isSyncing = true
      file
        .datasync()
        .catch((cause: unknown) => fail('the journal cannot be synced', cause))
        .finally(() => (isSyncing = false))
    },
    async settle() {
      await flush()
      await file.datasync().catch((cause: unknown) => fail('the journal cannot be synced', cause))
      if (failure) throw failure
    },
  }
}

async function writeAll(file: FileHandle, batch: readonly Buffer[]): Promise<void> {
  let rest = Buffer.concat(batch)
  // A nearly full disk takes a part first and refuses the next write.
  while (rest.length > 0) {
    const { bytesWritten } = await file.write(rest)
    rest = rest.subarray(bytesWritten)
  }
}
