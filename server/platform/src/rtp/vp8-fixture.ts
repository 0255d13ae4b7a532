/** Real pictures and made-up packets for the tests of stills. */

/** A key frame as Chromium sent it: 320 × 180, green with a bright bar at three quarters. */
export const CHROMIUM_KEY_FRAME = Buffer.from(
  [
    'sBEAnQEqQAG0ADkXAAccJAwsLETMJEBUAA7AP4A/gCBtE7TPeR2NK6GaqVFDqFpnKiz2lf4mpbldpxSbK7B2NK/x',
    'Nonipbldg7GlghvGdcbldg7GmuXBpX+JqW5Xaf3ZHY0r/E1Lg1SAV2DsaV/iiMfNS3K7B2NLOG+oK43K7B2NmNS/',
    'xNS3K7B3CGo2lf4mpblfF1QmAP7paR//9ZVfJUfuS///WVXyVH7iX5q/8nr/rA2k0f+Hv/6aDMx3wA==',
  ].join(''),
  'base64',
)

/** How packets of a picture are made. */
export type Packing = {
  readonly mostBytes: number
  /** Of the first packet; it counts on in a circle. */
  readonly sequence: number
  readonly timestamp: number
  /** Bytes of padding, of a header extension (times four), and contributing sources. */
  readonly padding: number
  readonly extensionWords: number
  readonly sources: number
  /** Bits of the picture id in the payload descriptor, which is long then. */
  readonly pictureIdBits: 0 | 7 | 15
  /** Layer index and key index are there, too. */
  readonly isLayered: boolean
}

export const PLAIN: Packing = {
  ...{ mostBytes: 1_000, sequence: 100, timestamp: 90_000, padding: 0, extensionWords: 0 },
  ...{ sources: 0, pictureIdBits: 15, isLayered: true },
}

/** A picture in RTP packets, as a sender makes them (RFC 7741). */
export function packed(picture: Uint8Array, packing: Packing): Buffer[] {
  const { mostBytes } = packing
  const pieces = Array.from({ length: Math.ceil(picture.length / mostBytes) }, (_, at) =>
    picture.subarray(at * mostBytes, (at + 1) * mostBytes),
  )
  return pieces.map((piece, at) =>
    Buffer.concat([
      headerOf(packing, { at, isLast: at === pieces.length - 1 }),
      descriptorOf(packing, at === 0),
      piece,
      paddingOf(packing),
    ]),
  )
}

function headerOf(packing: Packing, { at, isLast }: { at: number; isLast: boolean }): Buffer {
  const { sources, extensionWords, padding, sequence, timestamp } = packing
  const header = Buffer.alloc(12 + 4 * sources)
  const bits = (padding > 0 ? 0x20 : 0) | (extensionWords > 0 ? 0x10 : 0)
  header.writeUInt8(0x80 | bits | sources, 0)
  header.writeUInt8((isLast ? 0x80 : 0) | 96, 1)
  header.writeUInt16BE((sequence + at) % 0x1_0000, 2)
  header.writeUInt32BE(timestamp, 4)
  if (extensionWords === 0) return header
  const extension = Buffer.alloc(4 + 4 * extensionWords, 0x11)
  extension.writeUInt16BE(0xbede, 0)
  extension.writeUInt16BE(extensionWords, 2)
  return Buffer.concat([header, extension])
}

function descriptorOf({ pictureIdBits, isLayered }: Packing, isFirst: boolean): Buffer {
  const required = isFirst ? 0x10 : 0
  if (pictureIdBits === 0 && !isLayered) return Buffer.of(required)
  const present = (pictureIdBits > 0 ? 0x80 : 0) | (isLayered ? 0x60 : 0)
  const pictureId = { 0: [], 7: [0x12], 15: [0x81, 0x23] }[pictureIdBits]
  return Buffer.of(required | 0x80, present, ...pictureId, ...(isLayered ? [7, 0x40] : []))
}

function paddingOf({ padding }: Packing): Buffer {
  return padding === 0 ? Buffer.alloc(0) : Buffer.alloc(padding, padding)
}
