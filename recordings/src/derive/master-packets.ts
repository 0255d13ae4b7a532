import { CustomSource, EncodedPacketSink, Input, MATROSKA, WEBM } from 'mediabunny'
import type { EncodedPacket, InputTrack } from 'mediabunny'
import type { MediaKind } from '@visavis/contract/rtc'
import type { SealedFile } from '@visavis/platform/sealed/sealed-file'
import type { Piece } from './copy-plan.ts'

/** Opens a piece's master. Throws `DamagedBytes`, or a Fault when it is not there. */
export type OpenMaster = (piece: Piece) => Promise<SealedFile>

const MS_PER_S = 1_000

/**
 * The packets of one seat's pictures or sounds over all its masters, in seconds since `fromMs` of the visit's
 * line of time. Pictures that are only needed to decode the first one come along, all at 0.
 */
export async function* packetsOfPieces(
  pieces: readonly Piece[],
  { kind, fromMs, open }: { kind: MediaKind; fromMs: number; open: OpenMaster },
): AsyncGenerator<EncodedPacket> {
  let lastS = 0
  for (const piece of pieces) {
    const input = inputOf(await open(piece))
    try {
      const track = await trackOf(input, kind)
      for await (const packet of track ? packetsFrom(track, piece) : []) {
        const atMs = piece.zeroMs + packet.timestamp * MS_PER_S
        if (atMs >= piece.toMs) break
        // A sound of before would sound over the first one.
        if (kind === 'audio' && atMs < piece.fromMs) continue
        lastS = Math.max(lastS, (atMs - fromMs) / MS_PER_S)
        yield packet.clone({ timestamp: lastS })
      }
    } finally {
      input.dispose()
    }
  }
}

/** From the packet in which the piece begins, or the key picture before it. */
async function* packetsFrom(track: InputTrack, piece: Piece): AsyncGenerator<EncodedPacket> {
  const sink = new EncodedPacketSink(track)
  const beginS = Math.max(0, piece.fromMs - piece.zeroMs) / MS_PER_S
  const first = (await sink.getKeyPacket(beginS)) ?? (await sink.getFirstPacket())
  if (first) yield* sink.packets(first)
}

function inputOf(file: SealedFile): Input {
  const source = new CustomSource({
    getSize: () => file.plainBytes,
    read: (start, end) => file.read(start, end - 1),
    // Reads ahead as far as is read in order: each read is a request where the store is far away.
    prefetchProfile: 'network',
    // The next read meets it again.
    handleUnhandledError: () => undefined,
  })
  return new Input({ formats: [WEBM, MATROSKA], source })
}

async function trackOf(input: Input, kind: MediaKind): Promise<InputTrack | null> {
  return kind === 'video' ? input.getPrimaryVideoTrack() : input.getPrimaryAudioTrack()
}
