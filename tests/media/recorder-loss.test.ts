import type { TapTrack } from '@visavis/contract/media-control'
import { indexJournal } from '@visavis/recordings/finish/journal-index'
import { createTrackClock, ntpOffsetMs } from '@visavis/recordings/finish/recording-clock'
import { trackStream } from '@visavis/recordings/finish/track-stream'
import type { OpenJournal } from '@visavis/recordings/journal/journal-reader'
import { describe, expect, it } from 'vitest'
import type { TestRoom } from '../support/media-node-host.ts'
import { useMediaNode } from '../support/media-node-fixture.ts'
import { seeded } from '../support/seeded.ts'
import { markOf } from '../support/synthetic-rtp.ts'
import { until } from '../support/until.ts'
import { withJournal } from './recorded-files.ts'
import { aPermission } from './recorder-process.ts'
import type { Permission, RecorderProcess } from './recorder-process.ts'
import { useRecorders } from './recorder-scene.ts'
import { openUdpRelay } from './udp-relay.ts'

const LOST_ON_THE_WAY = 0.05
/** RC-2: what is still missing when all was asked for again. */
const LOST_AFTER_REPAIR = 0.001
/** Enough that a thousandth of them is some. */
const PACKETS = 6_000
/** What comes while nothing is lost any more, so that the last holes are filled. */
const PACKETS_AFTER = 1_000
/** As of a picture of 1.8 Mbit/s. */
const RICH_PICTURES = [1, 8]
/** What a mark's reader takes for a header. */
const RTP_HEADER_BYTES = 12
const VIDEO_ORIENTATION = 'urn:3gpp:video-orientation'

const { control, later, openRoom } = useMediaNode()
const { dataDir, aRecorder, close } = useRecorders()

type Track = Pick<TapTrack, 'kind' | 'ssrc' | 'rtxSsrc'>
type IsLost = (datagram: Buffer, tracks: readonly Track[]) => boolean
type Tapped = {
  readonly room: TestRoom
  readonly recorder: RecorderProcess
  readonly permission: Permission
  readonly tracks: readonly Track[]
  readonly relay: Awaited<ReturnType<typeof openUdpRelay>>
  /** Waits until the recorder has so many packets more. */
  readonly receives: (packets: number) => Promise<unknown>
}

/** A room that is recorded over a way that loses what `isLost` says. */
async function aTappedRoom(isLost: IsLost): Promise<Tapped> {
  const room = await openRoom({ hasRecordingGrant: true })
  const recorder = await aRecorder()
  const permission = await aPermission({ visitId: room.visitId })
  const { recordingId, visitId, grant, sealedKey } = permission
  const { port } = await recorder.client.call('open', { grant, sealedKey })
  const tracks: Track[] = []
  const relay = await openUdpRelay(port, (datagram) => isLost(datagram, tracks))
  later(() => relay.close())
  const address = '127.0.0.1'
  const tap = { visitId, epoch: 1, grant, address, port: relay.port }
  for (const track of (await control().call('openTap', tap)).tracks) {
    await recorder.client.call('describeTrack', { recordingId, track })
    tracks.push(track)
  }
  const packets = async () => (await recorder.info(recordingId))?.packets ?? 0
  return {
    ...{ room, recorder, permission, tracks, relay },
    async receives(more) {
      const wanted = (await packets()) + more
      await until(async () => ((await packets()) >= wanted ? true : null), `${wanted} packets`)
    },
  }
}

describe('a lossy way from the SFU to the recorder', () => {
  it('[RC-2] that loses 5 % each way loses a thousandth at most in the end', async () => {
    const chance = seeded(6)
    let isLossy = false
    const tapped = await aTappedRoom(() => isLossy && chance.is(LOST_ON_THE_WAY))
    const { room, recorder, permission, relay, receives } = tapped
    for (const party of [room.visitor, room.inmate]) party.pace(RICH_PICTURES)
    await receives(PACKETS_AFTER)
    isLossy = true
    await receives(PACKETS)
    isLossy = false
    await receives(PACKETS_AFTER)
    const { result } = await close(recorder, permission)

    const sum = (of: 'packets' | 'lostPackets') =>
      result.tracks.reduce((total, track) => total + track[of], 0)
    const [packets, lost] = [sum('packets'), sum('lostPackets')]
    console.info(`${relay.lost()} lost on the way, ${lost} of ${packets + lost} in the end`)
    expect(relay.lost()).toBeGreaterThan(PACKETS * LOST_ON_THE_WAY * 0.5)
    expect(lost).toBeLessThanOrEqual((packets + lost) * LOST_AFTER_REPAIR)
    expect(result.tracks).toHaveLength(4)
  })

  it('[RC-2] has a whole picture sent where a hole stays', async () => {
    let isBlack = false
    const isVideo = ({ kind }: Track) => kind === 'video'
    const tapped = await aTappedRoom((datagram, tracks) => {
      const ssrc = datagram.readUInt32BE(8)
      if (tracks.some((track) => track.rtxSsrc === ssrc)) return true
      return isBlack && tracks.filter(isVideo).some((track) => track.ssrc === ssrc)
    })
    const { room, recorder, permission, relay, receives } = tapped
    await receives(100)
    const before = room.visitor.keyFrameRequests
    isBlack = true
    await until(() => (relay.lost() > 20 ? true : null), 'pictures to be lost')
    isBlack = false
    await until(() => (room.visitor.keyFrameRequests > before ? true : null), 'a picture asked for')
    const { result } = await close(recorder, permission)
    const [first] = result.tracks.filter(({ kind }) => kind === 'video')
    expect(first?.lostPackets).toBeGreaterThan(0)
  })

  it('[RC-2] carries what repairing takes, silence too, and pictures that need no turning', async () => {
    const { tracks, room } = await aTappedRoom(() => false)
    const { codecs = [], headerExtensions = [] } = room.router.routerRtpCapabilities
    for (const mimeType of ['audio/opus', 'video/VP8']) {
      const codec = codecs.find((candidate) => candidate.mimeType === mimeType)
      expect(codec?.rtcpFeedback).toContainEqual(expect.objectContaining({ type: 'nack' }))
    }
    expect(codecs.find(({ mimeType }) => mimeType === 'audio/opus')?.parameters).toMatchObject({
      usedtx: 0,
    })
    expect(headerExtensions.map(({ uri }) => uri)).not.toContain(VIDEO_ORIENTATION)
    for (const { kind, rtxSsrc } of tracks) expect(rtxSsrc !== undefined).toBe(kind === 'video')
  })
})

describe('the clock of a visit', () => {
  it('[RC-5] is one for all tracks: lips within 40 ms, parties within 100 ms', async () => {
    const { recorder, permission, receives } = await aTappedRoom(() => false)
    await receives(PACKETS_AFTER)
    await close(recorder, permission)
    const tracks = withJournal(dataDir(), permission, placesOnClock)
    expect(tracks).toHaveLength(4)
    const spreadOf = (offsets: readonly number[]) => Math.max(...offsets) - Math.min(...offsets)
    const offsetsOf = (seatId: string) =>
      tracks.filter((track) => track.seatId === seatId).map(({ offsetMs }) => offsetMs)
    const lips = [...new Set(tracks.map(({ seatId }) => seatId))].map((seatId) =>
      spreadOf(offsetsOf(seatId)),
    )
    const parties = spreadOf(tracks.map(({ offsetMs }) => offsetMs))
    console.info(
      `lips ${Math.round(Math.max(...lips))} ms, parties ${Math.round(parties)} ms apart`,
    )
    for (const apart of lips) expect(apart).toBeLessThanOrEqual(40)
    expect(parties).toBeLessThanOrEqual(100)
  })
})

/** How far each track's packets lie on the recording's clock from the instant at which they were sent. */
function placesOnClock(journal: OpenJournal): { seatId: string; offsetMs: number }[] {
  const index = indexJournal(journal)
  const streams = [...index.tracks.values()].map((track) =>
    trackStream(index, track, journal.plain),
  )
  const ntpOffset = ntpOffsetMs(streams)
  return streams.map((stream) => {
    const clock = createTrackClock(stream, ntpOffset)
    const offsets = stream.packets.flatMap(({ timestamp, payloadAt, payloadBytes }) => {
      const payload = journal.plain.read(payloadAt, payloadBytes)
      const mark = markOf(Buffer.concat([Buffer.alloc(RTP_HEADER_BYTES), payload]))
      return mark ? [clock(timestamp) - mark.sentAtMs] : []
    })
    offsets.sort((one, other) => one - other)
    return { seatId: stream.track.seatId, offsetMs: offsets[offsets.length >> 1] ?? Infinity }
  })
}
