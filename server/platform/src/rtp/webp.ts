import type { KeyFrame } from './key-frame.ts'

const RIFF_HEADER_BYTES = 12
const CHUNK_HEADER_BYTES = 8

/**
 * The key frame as a WebP file, which every browser shows: lossy WebP is a VP8 key frame in a RIFF container
 * (RFC 9649, 2.5), so that nothing is decoded and nothing is drawn anew.
 */
export function webpOf({ bytes }: Pick<KeyFrame, 'bytes'>): Uint8Array {
  // Chunks begin at even places.
  const padded = bytes.length + (bytes.length % 2)
  const file = Buffer.alloc(RIFF_HEADER_BYTES + CHUNK_HEADER_BYTES + padded)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WEBPVP8 ', 8, 'latin1')
  file.writeUInt32LE(bytes.length, RIFF_HEADER_BYTES + 4)
  file.set(bytes, RIFF_HEADER_BYTES + CHUNK_HEADER_BYTES)
  return file
}
