import { createHash } from 'node:crypto'
import type { JournalDamage } from '@visavis/contract/recording-result'
import type { ByteSource } from './byte-source.ts'
import { FRAME_MARK } from './journal-frame.ts'

/** Looked through at once; a mark on the border is found in the next window. */
const WINDOW_BYTES = 1024 * 1024

/** Every place from `from` on at which a frame's mark stands; most marks are frames, a few are chance. */
export function* marksFrom(source: ByteSource, from: number): Generator<number> {
  for (let at = from; at + FRAME_MARK.length <= source.size; at += WINDOW_BYTES) {
    const window = source.read(at, WINDOW_BYTES + FRAME_MARK.length - 1)
    for (let found = window.indexOf(FRAME_MARK); found >= 0;) {
      yield at + found
      found = window.indexOf(FRAME_MARK, found + 1)
    }
  }
}

/** A stretch between two whole frames, as it lies there. */
export function damageOf(
  source: ByteSource,
  { at, end, fromMs, toMs }: { at: number; end: number; fromMs: number; toMs: number },
): JournalDamage {
  const hash = createHash('sha256')
  for (let from = at; from < end; from += WINDOW_BYTES) {
    hash.update(source.read(from, Math.min(WINDOW_BYTES, end - from)))
  }
  return { at, bytes: end - at, sha256: hash.digest('hex'), fromMs, toMs: Math.max(fromMs, toMs) }
}
