import type { Readable } from 'node:stream'

/**
 * Where recordings lie: a folder, or S3-compatible storage. Keys have forward slashes and no relation to the
 * machine's paths. Each throws a Fault when the store cannot be reached or refuses.
 */
export type ObjectStore = {
  /**
   * Moves a finished local file to `key`: once it returns, a crash cannot lose it, and the local file is gone
   * (unless it lay there already). An object is written once: the same bytes again change nothing, others are a
   * Fault, so a job that makes its files anew removes first what an earlier try had put.
   */
  readonly put: (key: string, localFile: string) => Promise<void>
  /** Bytes of the object; null when there is none of that key. */
  readonly sizeOf: (key: string) => Promise<number | null>
  /** The bytes from `start` to `end`, both included; fewer only at the object's end. A Fault when there is no such object. */
  readonly readAt: (key: string, start: number, end: number) => Promise<Buffer>
  /** The same as a stream; null when there is no such object. */
  readonly stream: (key: string, range: { start: number; end: number }) => Promise<Readable | null>
  /** Removes the object for good. Idempotent. */
  readonly remove: (key: string) => Promise<void>
  /** Every key that begins with `prefix`, in order. */
  readonly list: (prefix: string) => Promise<string[]>
}

const KEY = /^[\w.-]+(\/[\w.-]+)*$/

/** Whether a key can name an object in any store: letters, digits, `_`, `-` and `.`, in parts between slashes. */
export function isObjectKey(key: string): boolean {
  return KEY.test(key) && !key.split('/').some((part) => part === '.' || part === '..')
}
