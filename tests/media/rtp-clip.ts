import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { promisify } from 'node:util'
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny'
import type { TapTrack } from '@visavis/contract/media-control'

const run = promisify(execFile)

/** A datagram of a clip and when it is due, in milliseconds from the clip's beginning. */
export type Datagram = { readonly dueMs: number; readonly bytes: Buffer }

/** A track as a media node would send it. */
export type ClipTrack = { readonly tap: TapTrack; readonly datagrams: readonly Datagram[] }
export type Clip = { readonly video: ClipTrack; readonly audio: ClipTrack }

/** Each second begins with a white flash and a beep of this length. */
const FLASH_S = 0.2
const MAX_PAYLOAD_BYTES = 1_100
const NTP_FROM_UNIX_S = 2_208_988_800
const REPORT_EVERY_MS = 1_000

/** What a clip shows and sounds like: inputs of ffmpeg, each as long as the clip or longer. */
export type ClipLook = {
  /** Part of the file's name. */
  readonly name: string
  readonly picture: readonly string[]
  readonly sound: readonly string[]
  /** As ffmpeg writes it. */
  readonly bitrate: string
  /** A key frame after so many frames. */
  readonly keyEvery: number
}

const IS_ON = `lt(mod(t\\,1)\\,${FLASH_S})`
/** Flashes and beeps in step. */
const FLASHES: ClipLook = {
  name: 'flashes',
  picture: [
    ...['-f', 'lavfi', '-i'],
    `color=c=black:s=320x180:r=25,noise=alls=20,drawbox=c=white:t=fill:enable='${IS_ON}'`,
  ],
  sound: ['-f', 'lavfi', '-i', `aevalsrc='if(${IS_ON}\\,0.5*sin(2*PI*1000*t)\\,0)':s=48000`],
  bitrate: '400k',
  keyEvery: 50,
}

/** Makes a clip, if not told otherwise of flashes and beeps, and cuts it into RTP packets with sender reports. */
export async function makeClip(
  folder: string,
  seconds: number,
  look: ClipLook = FLASHES,
): Promise<Clip> {
  const path = `${folder}/clip-${look.name}-${seconds}.webm`
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-t', `${seconds}`, ...look.picture],
    ...['-t', `${seconds}`, ...look.sound],
    ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'],
    ...['-b:v', look.bitrate, '-g', `${look.keyEvery}`],
    ...['-c:a', 'libopus', '-frame_duration', '20', path],
  ])
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) })
  const [videoIn, audioIn] = [
    await input.getPrimaryVideoTrack(),
    await input.getPrimaryAudioTrack(),
  ]
  if (!videoIn || !audioIn) return Promise.reject(new TypeError('the clip has no tracks'))
  const video = aTap({ kind: 'video', ssrc: 1111, payloadType: 96 })
  const audio = aTap({ kind: 'audio', ssrc: 2222, payloadType: 111 })
  const clip = {
    video: { tap: video, datagrams: await cut(video, new EncodedPacketSink(videoIn)) },
    audio: { tap: audio, datagrams: await cut(audio, new EncodedPacketSink(audioIn)) },
  }
  input.dispose()
  return clip
}

function aTap(facts: Pick<TapTrack, 'kind' | 'ssrc' | 'payloadType'>): TapTrack {
  const isVideo = facts.kind === 'video'
  return {
    ...facts,
    trackId: randomUUID(),
    seatId: randomUUID() as TapTrack['seatId'],
    mimeType: isVideo ? 'video/VP8' : 'audio/opus',
    clockRate: isVideo ? 90_000 : 48_000,
    tappedAt: new Date().toISOString(),
    ...(isVideo
      ? { rtxSsrc: facts.ssrc + 1, rtxPayloadType: facts.payloadType + 1 }
      : { channels: 2 }),
  }
}

/** The two counters start near their ends, so that every clip wraps both. */
const FIRST_SEQUENCE = 0xfff0
const FIRST_TIMESTAMP = 0xffff_0000

async function cut(tap: TapTrack, sink: EncodedPacketSink): Promise<Datagram[]> {
  const datagrams: Datagram[] = []
  let sequence = FIRST_SEQUENCE
  let nextReportMs = 0
  for await (const { data, timestamp } of sink.packets()) {
    const dueMs = timestamp * 1000
    const rtpTime = (FIRST_TIMESTAMP + Math.round(timestamp * tap.clockRate)) >>> 0
    const payloads = tap.kind === 'video' ? cutVp8(data) : [Buffer.from(data)]
    for (const [at, payload] of payloads.entries()) {
      const isMarker = tap.kind === 'video' && at === payloads.length - 1
      const header = rtpHeader({ tap, sequence, rtpTime, isMarker })
      datagrams.push({ dueMs, bytes: Buffer.concat([header, payload]) })
      sequence = (sequence + 1) & 0xffff
    }
    if (dueMs < nextReportMs) continue
    nextReportMs = dueMs + REPORT_EVERY_MS
    datagrams.push({ dueMs, bytes: senderReport(tap.ssrc, rtpTime, dueMs) })
  }
  return datagrams
}

function cutVp8(frame: Uint8Array): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < frame.length; at += MAX_PAYLOAD_BYTES) {
    const descriptor = Buffer.of(at === 0 ? 0x10 : 0x00)
    pieces.push(Buffer.concat([descriptor, frame.subarray(at, at + MAX_PAYLOAD_BYTES)]))
  }
  return pieces
}

function rtpHeader(fields: {
  tap: TapTrack
  sequence: number
  rtpTime: number
  isMarker: boolean
}): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt8(0x80, 0)
  header.writeUInt8((fields.isMarker ? 0x80 : 0) | fields.tap.payloadType, 1)
  header.writeUInt16BE(fields.sequence, 2)
  header.writeUInt32BE(fields.rtpTime, 4)
  header.writeUInt32BE(fields.tap.ssrc, 8)
  return header
}

function senderReport(ssrc: number, rtpTime: number, ntpMs: number): Buffer {
  const report = Buffer.alloc(28)
  report.writeUInt8(0x80, 0)
  report.writeUInt8(200, 1)
  report.writeUInt16BE(6, 2)
  report.writeUInt32BE(ssrc, 4)
  report.writeUInt32BE(NTP_FROM_UNIX_S + Math.floor(ntpMs / 1000), 8)
  report.writeUInt32BE(Math.floor(((ntpMs % 1000) / 1000) * 2 ** 32), 12)
  report.writeUInt32BE(rtpTime, 16)
  return report
}

/** Turns a packet into its retransmission on the track's RTX stream. */
export function asRetransmission(tap: TapTrack, datagram: Datagram, sequence: number): Datagram {
  const { bytes, dueMs } = datagram
  const header = Buffer.from(bytes.subarray(0, 12))
  header.writeUInt8((bytes.readUInt8(1) & 0x80) | (tap.rtxPayloadType ?? 0), 1)
  header.writeUInt16BE(sequence, 2)
  header.writeUInt32BE(tap.rtxSsrc ?? 0, 8)
  return { dueMs, bytes: Buffer.concat([header, bytes.subarray(2, 4), bytes.subarray(12)]) }
}

/** Whether it is RTP and not a report. */
export function isRtp({ bytes }: Datagram): boolean {
  return bytes.readUInt8(1) !== 200
}

/** Sends all at once, only so fast that no buffer overflows. */
export async function sendAll(port: number, datagrams: readonly Datagram[]): Promise<void> {
  const socket = createSocket('udp4')
  for (const { bytes } of datagrams) {
    await new Promise<void>((resolve) => socket.send(bytes, port, '127.0.0.1', () => resolve()))
  }
  socket.close()
}

/** Sends each when it is due, until stopped; tells how far it has come. */
export function sendPaced(port: number, datagrams: readonly Datagram[]) {
  const socket = createSocket('udp4')
  const startedAt = performance.now()
  let next = 0
  const timer = setInterval(() => {
    const elapsedMs = performance.now() - startedAt
    for (let due = datagrams[next]; due && due.dueMs <= elapsedMs; due = datagrams[next]) {
      socket.send(due.bytes, port, '127.0.0.1')
      next += 1
    }
  }, 5)
  return {
    sentMs: () => datagrams[next - 1]?.dueMs ?? 0,
    stop() {
      clearInterval(timer)
      socket.close()
    },
  }
}
