/** What a receiver of RTP asks its sender for (RFC 4585 §6). */

const VERSION_BITS = 0x80
const TRANSPORT_FEEDBACK = 205
const PAYLOAD_FEEDBACK = 206
const GENERIC_NACK = 1
const PICTURE_LOSS = 1
const HEAD_BYTES = 12
const ITEM_BYTES = 4
/** An item names one packet and, in a mask, any of the sixteen after it. */
const MASKED = 16
/** So many items fit into one datagram of any network. */
const MOST_ITEMS = 250

/** Asks for packets of `ssrc` again, by their sequence numbers in ascending order of sending; in as many packets as it takes. */
export function genericNacks(ssrc: number, sequences: readonly number[]): Buffer[] {
  const items = itemsOf(sequences)
  const packets: Buffer[] = []
  for (let at = 0; at < items.length; at += MOST_ITEMS) {
    packets.push(nackOf(ssrc, items.slice(at, at + MOST_ITEMS)))
  }
  return packets
}

/** Asks for a picture of `ssrc` that needs none before it. */
export function pictureLoss(ssrc: number): Buffer {
  return feedback({ type: PAYLOAD_FEEDBACK, format: PICTURE_LOSS, ssrc, items: 0 })
}

type Item = { readonly first: number; mask: number }

function itemsOf(sequences: readonly number[]): Item[] {
  const items: Item[] = []
  for (const sequence of sequences) {
    const item = items.at(-1)
    const after = item ? (sequence - item.first) & 0xffff : 0
    if (item && after >= 1 && after <= MASKED) item.mask |= 1 << (after - 1)
    else items.push({ first: sequence, mask: 0 })
  }
  return items
}

function nackOf(ssrc: number, items: readonly Item[]): Buffer {
  const packet = feedback({
    type: TRANSPORT_FEEDBACK,
    format: GENERIC_NACK,
    ssrc,
    items: items.length,
  })
  for (const [at, { first, mask }] of items.entries()) {
    packet.writeUInt16BE(first, HEAD_BYTES + at * ITEM_BYTES)
    packet.writeUInt16BE(mask, HEAD_BYTES + at * ITEM_BYTES + 2)
  }
  return packet
}

/** A receiver that sends nothing has no SSRC of its own; zero stands for it. */
function feedback(parts: { type: number; format: number; ssrc: number; items: number }): Buffer {
  const packet = Buffer.alloc(HEAD_BYTES + parts.items * ITEM_BYTES)
  packet.writeUInt8(VERSION_BITS | parts.format, 0)
  packet.writeUInt8(parts.type, 1)
  packet.writeUInt16BE(packet.length / 4 - 1, 2)
  packet.writeUInt32BE(parts.ssrc, 8)
  return packet
}
