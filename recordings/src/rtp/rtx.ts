/** Before a repeated payload stands the sequence number of what it repeats (RFC 4588 §4). */
export const RTX_HEADER_BYTES = 2

/** The sequence number of what a payload of at least {@link RTX_HEADER_BYTES} repeats. */
export function rtxOriginal(payload: Buffer): number {
  return payload.readUInt16BE(0)
}
