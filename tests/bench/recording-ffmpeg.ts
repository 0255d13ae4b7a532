import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TapTrack } from '@visavis/contract/media-control'
import { freePorts } from '../support/ports.ts'

/**
 * What a recording is compared with: one ffmpeg for each participant, which takes the same RTP and copies it
 * into a Matroska file. The packets reach it through this process, whose work is not counted.
 */
export type FfmpegCopies = {
  readonly pids: () => readonly number[]
  readonly stop: () => Promise<void>
}

/** Where the packets of a visit arrive. */
export type Forwarder = {
  readonly port: number
  /** Begins to pass each track on to its own port. */
  readonly route: (ports: ReadonlyMap<number, number>) => void
  readonly close: () => void
}

const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024
const FIRST_RTCP = 192
const LAST_RTCP = 223
/** RTP and RTCP of sound and picture. */
const PORTS_EACH = 4

/** Opens a port that stands in for a recorder's. */
export async function openForwarder(): Promise<Forwarder> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  let ports: ReadonlyMap<number, number> = new Map()
  socket.on('message', (packet) => forward(socket, packet, ports))
  return {
    port: socket.address().port,
    route: (to) => void (ports = to),
    close: () => void socket.close(),
  }
}

function forward(socket: Socket, packet: Buffer, ports: ReadonlyMap<number, number>): void {
  const type = packet.readUInt8(1)
  const isReport = type >= FIRST_RTCP && type <= LAST_RTCP
  const port = ports.get(packet.readUInt32BE(isReport ? 4 : 8))
  if (port !== undefined) socket.send(packet, isReport ? port + 1 : port, '127.0.0.1')
}

/** Starts an ffmpeg for each seat that has tracks, and routes these to it. */
export async function startFfmpegCopies(
  folder: string,
  visits: readonly { readonly forwarder: Forwarder; readonly tracks: readonly TapTrack[] }[],
): Promise<FfmpegCopies> {
  const children: ChildProcess[] = []
  for (const { forwarder, tracks } of visits) {
    const ports = new Map<number, number>()
    for (const seatId of new Set(tracks.map((track) => track.seatId))) {
      const own = tracks.filter((track) => track.seatId === seatId)
      const firstPort = evenPort(await freePorts(PORTS_EACH + 1))
      for (const [at, { ssrc }] of own.entries()) ports.set(ssrc, firstPort + 2 * at)
      children.push(startOne(join(folder, `${seatId}.mkv`), descriptionOf(own, ports)))
    }
    forwarder.route(ports)
  }
  return {
    pids: () => children.map(({ pid }) => pid ?? 0),
    async stop() {
      await Promise.all(children.map(endOne))
    },
  }
}

/** RTCP goes to the odd port above. */
function evenPort(port: number): number {
  return port + (port % 2)
}

function startOne(path: string, description: string): ChildProcess {
  const child = spawn(
    process.env['FFMPEG_PATH'] || 'ffmpeg',
    [
      ...['-v', 'fatal', '-protocol_whitelist', 'pipe,udp,rtp', '-f', 'sdp', '-i', 'pipe:0'],
      ...['-map', '0', '-c', 'copy', '-f', 'matroska', '-y', path],
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  child.stdin.end(description)
  return child
}

async function endOne(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** A session description (RFC 8866) of one participant's tracks. */
function descriptionOf(tracks: readonly TapTrack[], ports: ReadonlyMap<number, number>): string {
  const media = tracks.flatMap(({ kind, ssrc, payloadType, mimeType, clockRate, channels }) => [
    `m=${kind} ${ports.get(ssrc) ?? 0} RTP/AVP ${payloadType}`,
    `a=rtpmap:${payloadType} ${mimeType.split('/')[1] ?? ''}/${clockRate}${channels ? `/${channels}` : ''}`,
  ])
  return [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    ...media,
    '',
  ].join('\r\n')
}
