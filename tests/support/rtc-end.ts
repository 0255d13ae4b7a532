import { PeerConnection, Video } from 'node-datachannel'
import type { Track } from 'node-datachannel'
import type { DtlsParameters, TransportInfo } from '@visavis/contract/rtc'

/** The browser's end of one SFU transport, without a browser: real ICE, DTLS and SRTP by libdatachannel. */
export type RtcEnd = {
  readonly dtlsParameters: DtlsParameters
  /** Settles once packets can pass. */
  readonly opened: Promise<void>
  /** RTP or RTCP, before encryption. */
  readonly send: (packet: Buffer) => void
  readonly onPacket: (listener: (packet: Buffer) => void) => void
  readonly close: () => void
}

/** The one m-line; libdatachannel gives all packets of a connection with one m-line to it. */
const MID = '0'
const PAYLOAD_TYPE = 96

/** Begins to connect as soon as the SFU has been given `dtlsParameters`. */
export function openRtcEnd(
  name: string,
  info: TransportInfo,
  direction: 'send' | 'receive',
): RtcEnd {
  const connection = new PeerConnection(name, {
    iceServers: [],
    bindAddress: '127.0.0.1',
    disableAutoNegotiation: true,
  })
  const media = new Video(MID, direction === 'send' ? 'SendOnly' : 'RecvOnly')
  media.addVP8Codec(PAYLOAD_TYPE)
  const track = connection.addTrack(media)
  connection.setLocalDescription('offer')
  const offer = connection.localDescription()?.sdp ?? ''
  const opened = new Promise<void>((resolve) => track.onOpen(resolve))
  connection.setRemoteDescription(answerOf(info, direction), 'answer')
  return {
    dtlsParameters: { role: 'client', fingerprints: [fingerprintOf(offer)] },
    opened,
    send: (packet) => sendIfOpen(track, packet),
    onPacket: (listener) => track.onMessage(listener),
    close: () => connection.close(),
  }
}

function sendIfOpen(track: Track, packet: Buffer): void {
  if (!track.isOpen()) return
  try {
    track.sendMessageBinary(packet)
  } catch (error) {
    // The library's own threads may close it between the question and the packet.
    if (track.isOpen()) throw error
  }
}

function fingerprintOf(sdp: string): DtlsParameters['fingerprints'][number] {
  const value = /a=fingerprint:sha-256 (\S+)/i.exec(sdp)?.[1]
  if (!value) throw new Error('the offer has no fingerprint')
  return { algorithm: 'sha-256', value }
}

/** What the SFU would answer if it spoke SDP. */
function answerOf(info: TransportInfo, direction: 'send' | 'receive'): string {
  const { iceParameters, dtlsParameters, iceCandidates } = info
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')
  const candidates = iceCandidates.filter(({ protocol }) => protocol === 'udp')
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${MID}`,
    `m=video 9 UDP/TLS/RTP/SAVPF ${PAYLOAD_TYPE}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${MID}`,
    `a=${direction === 'send' ? 'recvonly' : 'sendonly'}`,
    'a=rtcp-mux',
    `a=rtpmap:${PAYLOAD_TYPE} VP8/90000`,
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value ?? ''}`,
    'a=setup:passive',
    ...candidates.map(
      ({ foundation, priority, address, port }) =>
        `a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host`,
    ),
    'a=end-of-candidates',
    '',
  ].join('\r\n')
}
