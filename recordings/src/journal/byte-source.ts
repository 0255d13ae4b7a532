import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Random access to bytes; the journal's readers need no more, so a sealed store can stand in for a file. */
export type ByteSource = {
  readonly size: number
  /** The bytes at `offset`; fewer than `length` only at the end. */
  readonly read: (offset: number, length: number) => Buffer
}

/** Packets lie nearly in reading order, so one window serves thousands of reads. */
const WINDOW_BYTES = 4 * 1024 * 1024
/** A late packet lies a little before its neighbours: keep some of what was passed. */
const KEPT_BEHIND_BYTES = 512 * 1024

/** A file read through one moving window. Blocking: for worker threads and tests. */
export function openFileSource(path: string): ByteSource & { readonly close: () => void } {
  const fd = openSync(path, 'r')
  const { size } = fstatSync(fd)
  let window: Buffer = Buffer.alloc(0)
  let windowAt = 0
  const load = (offset: number, length: number): void => {
    windowAt = Math.max(0, offset - KEPT_BEHIND_BYTES)
    const wanted = Math.max(WINDOW_BYTES, offset - windowAt + length)
    // A new buffer each time: slices of the old window stay valid.
    const next = Buffer.allocUnsafe(Math.min(wanted, size - windowAt))
    window = next.subarray(0, readSync(fd, next, 0, next.length, windowAt))
  }
  return {
    size,
    read(offset, length) {
      const end = Math.min(offset + length, size)
      if (offset < windowAt || end > windowAt + window.length) load(offset, length)
      return window.subarray(offset - windowAt, end - windowAt)
    },
    close: () => closeSync(fd),
  }
}

/** Bytes in memory as a source. */
export function bufferSource(bytes: Buffer): ByteSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) }
}
