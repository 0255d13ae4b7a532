import { createHash } from 'node:crypto'
import { formatUuid } from '../../src/ids.ts'

const VERSION_8 = 0x80
const RFC_VARIANT = 0x80

/** Always the same id for the same name (a UUID of version 8, RFC 9562 §5.8), so that seeding twice is harmless. */
export function stableId(name: string): string {
  const bytes = createHash('sha256').update(`visavis-demo/${name}`).digest().subarray(0, 16)
  bytes[6] = VERSION_8 | (bytes.readUInt8(6) & 0x0f)
  bytes[8] = RFC_VARIANT | (bytes.readUInt8(8) & 0x3f)
  return formatUuid(bytes)
}
