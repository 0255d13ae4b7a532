import { open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import type { RecordingFailure } from '@visavis/contract/recorder-control'
import { makeFolder, syncFolder } from '@visavis/platform/object-store/durable'

/** The disk refused, or could not keep up: nothing more is kept in this journal. */
export class JournalFault extends Fault {
  readonly why: RecordingFailure
  constructor(message: string, { why, cause }: { why: RecordingFailure; cause?: unknown }) {
    super(message, { cause })
    this.why = why
  }
}

/** A disk this far behind (minutes of a visit) will not catch up; better to fail loudly than to eat the memory. */
const MAX_PENDING_BYTES = 64 * 1024 * 1024
/** A disk this late cannot keep the promise that a crash loses little; milliseconds. */
const MAX_LATE_MS = 30_000

/** Frames on their way to the disk, one write and one sync at a time, in order. */
export type FrameQueue<Frame extends { readonly bytes: Buffer }> = {
  /** Does nothing after a failure. */
  readonly push: (frame: Frame) => void
  /** Resolves when all that was pushed so far is on disk. Throws the {@link JournalFault}. */
  readonly settle: () => Promise<void>
}

/** Creates the queue of one open file; `onWritten` is told of every frame that is on disk. */
export function createFrameQueue<Frame extends { readonly bytes: Buffer }>(options: {
  file: FileHandle
  onWritten: (frame: Frame) => void
  onFailed: (fault: JournalFault) => void
}): FrameQueue<Frame> {
  const { file, onWritten, onFailed } = options
  let waiting: Frame[] = []
  let waitingBytes = 0
  let writing: Promise<void> | null = null
  let writingSinceMs = 0
  let failure: JournalFault | null = null

  const fail = (fault: JournalFault): void => {
    if (failure) return
    failure = fault
    waiting = []
    onFailed(fault)
  }
  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0 && !failure) {
      const batch = waiting
      waiting = []
      waitingBytes = 0
      writingSinceMs = performance.now()
      await writeWhole(file, batch)
      batch.forEach(onWritten)
    }
  }
  const begin = (): Promise<void> =>
    (writing ??= writeAll()
      .catch((cause: unknown) => fail(diskFault(cause)))
      .finally(() => {
        writing = null
        // Pushed in the same turn in which the last write was found to be the last.
        if (waiting.length > 0) void begin()
      }))
  return {
    push(frame) {
      if (failure) return
      waiting.push(frame)
      waitingBytes += frame.bytes.length
      const isLate = writing !== null && performance.now() - writingSinceMs > MAX_LATE_MS
      if (isLate || waitingBytes > MAX_PENDING_BYTES) {
        fail(new JournalFault('the disk is too slow for the journal', { why: 'DISK_SLOW' }))
      } else void begin()
    },
    async settle() {
      while (writing) await writing
      if (failure) throw failure
    },
  }
}

async function writeWhole(
  file: FileHandle,
  batch: readonly { readonly bytes: Buffer }[],
): Promise<void> {
  const [only] = batch
  const isOne = batch.length === 1 && only !== undefined
  let rest = isOne ? only.bytes : Buffer.concat(batch.map(({ bytes }) => bytes))
  // A nearly full disk takes a part first and refuses the next write.
  while (rest.length > 0) {
    const { bytesWritten } = await file.write(rest)
    rest = rest.subarray(bytesWritten)
  }
  await file.datasync()
}

const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG']

function diskFault(cause: unknown): JournalFault {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  const why = FULL.includes(code) ? 'DISK_FULL' : 'DISK_FAILED'
  return new JournalFault('the journal cannot be written', { why, cause })
}

/**
 * Creates the file with its first bytes safely on disk. Throws a Fault when there is one already, for an original is
 * never written over, or when the disk refuses.
 */
export async function createJournalFile(path: string, headerLine: Buffer): Promise<FileHandle> {
  try {
    await makeFolder(dirname(path))
    const file = await open(path, 'ax')
    await writeWhole(file, [{ bytes: headerLine }]).catch(async (error: unknown) => {
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
