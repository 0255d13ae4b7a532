import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RecordingHead } from '@visavis/contract/recorder-control'
import { beforeAll, describe, expect, it } from 'vitest'
import { beeps, decodeErrors, flashes, probeDuration } from './media-probe.ts'
import { withJournal } from './recorded-files.ts'
import type { Recorded } from './recorded-files.ts'
import { useRecorders } from './recorder-scene.ts'
import { asRetransmission, isRtp, sendAll, sendPaced } from './rtp-clip.ts'
import type { Clip } from './rtp-clip.ts'

/** Lip sync. */
const MAX_SKEW_S = 0.04
const MAX_LENGTH_ERROR_S = 0.5
/** RC-2. */
const MAX_LOST_MS = 2_000
/** Not near a multiple of anything that is flushed by the second. */
const KILLED_AFTER_MS = 4_600

/** For conditions that come within a second or two on an idle machine. */
const SOON = { timeout: 60_000 }

const { dataDir, clip: clipOf, aRecorder, open, close, bringKey } = useRecorders()
let clip: Clip
let longClip: Clip

beforeAll(async () => {
  clip = await clipOf(5)
  longClip = await clipOf(12)
})

async function expectSoundFile(
  recorded: Recorded,
  track: Recorded['result']['tracks'][number],
  seconds: number,
) {
  const path = await recorded.playable(track)
  const length = await probeDuration(path)
  expect(Math.abs(length - seconds)).toBeLessThan(MAX_LENGTH_ERROR_S)
  expect(Math.abs(length - track.durationMs / 1000)).toBeLessThan(0.1)
  expect(await decodeErrors(path)).toBe('')
  return path
}

describe('the recorder', () => {
  it('[RC-2] makes playable tracks in step of what arrived late, twice, out of order or again', async () => {
    const recorder = await aRecorder()
    const opened = await open(recorder, clip)
    const told = new Promise((resolve) => recorder.client.on('recording:finished', resolve))
    const { tap, datagrams } = clip.video
    const lost = datagrams.filter((datagram, at) => isRtp(datagram) && at % 17 === 5)
    const shuffled = datagrams
      .filter((datagram) => !lost.includes(datagram))
      .flatMap((datagram, at) => (at % 11 === 3 ? [datagram, datagram] : [datagram]))
      .map((datagram, at) => ({ datagram, place: at + (at % 5 === 2 ? 9 : 0) }))
      .sort((one, other) => one.place - other.place)
      .map(({ datagram }) => datagram)
    const repeated = lost.map((datagram, at) => asRetransmission(tap, datagram, at))
    // All sound first, then all pictures: only the sender reports know that they belong together.
    await sendAll(opened.port, [...clip.audio.datagrams, ...shuffled, ...repeated])
    const recorded = await close(recorder, opened)

    const info = await recorder.info(opened.recordingId)
    expect(await told).toEqual(info)
    expect(info).toMatchObject({ visitId: opened.visitId, epoch: 1 })
    expect(info?.isRecovered).toBeUndefined()
    const [video, audio] = [recorded.track('video'), recorded.track('audio')]
    expect(video).toMatchObject({ trackId: tap.trackId, lostPackets: 0, holes: [] })
    expect(video.packets).toBe(datagrams.filter(isRtp).length)
    expect(audio).toMatchObject({ lostPackets: 0, holes: [], filledMs: 0 })
    const [seenIn, heardIn] = [
      await expectSoundFile(recorded, video, 5),
      await expectSoundFile(recorded, audio, 5),
    ]
    const seen = (await flashes(seenIn)).map((time) => time + video.startMs / 1000)
    const heard = (await beeps(heardIn)).map((time) => time + audio.startMs / 1000)
    expect(seen.length).toBeGreaterThanOrEqual(4)
    for (const time of seen) {
      const skews = heard.map((beep) => Math.abs(beep - time))
      expect(Math.min(...skews)).toBeLessThanOrEqual(MAX_SKEW_S)
    }
  })

  it('leaves out what cannot be decoded and says how much was lost', async () => {
    const recorder = await aRecorder()
    const opened = await open(recorder, clip)
    const gap = clip.video.datagrams.filter(isRtp).slice(20, 25)
    const left = clip.video.datagrams.filter((datagram) => !gap.includes(datagram))
    await sendAll(opened.port, [...left, ...clip.audio.datagrams])
    const recorded = await close(recorder, opened)
    const video = recorded.track('video')
    expect(video.lostPackets).toBe(5)
    await expectSoundFile(recorded, video, 5)
  })

  it('[RC-3] fills sound that never came with silence, and names every hole at its place', async () => {
    const recorder = await aRecorder()
    const opened = await open(recorder, clip)
    const [fromMs, toMs] = [1_500, 2_700]
    const isInHole = ({ dueMs }: { dueMs: number }) => dueMs >= fromMs && dueMs < toMs
    const sound = clip.audio.datagrams.filter((datagram) => !isInHole(datagram))
    await sendAll(opened.port, [...clip.video.datagrams, ...sound])
    const recorded = await close(recorder, opened)
    const audio = recorded.track('audio')
    const path = await expectSoundFile(recorded, audio, 5)
    expect(audio.filledMs).toBeGreaterThanOrEqual(toMs - fromMs - 40)
    expect(audio.filledMs).toBeLessThanOrEqual(toMs - fromMs)
    const [hole] = audio.holes
    expect(audio.holes).toHaveLength(1)
    expect(Math.abs((hole?.fromMs ?? 0) - fromMs)).toBeLessThanOrEqual(40)
    expect(Math.abs((hole?.toMs ?? 0) - toMs)).toBeLessThanOrEqual(40)
    expect(recorded.track('video').holes).toEqual([])
    // The beep at 2 s is silent; those around it are where they were. The file's end counts as one.
    const heard = (await beeps(path)).map((time) => Math.round(time + audio.startMs / 1000))
    expect(heard.slice(0, 3)).toEqual([1, 3, 4])
  })

  it('[RC-4] makes the same again of the same journal', async () => {
    const recorder = await aRecorder()
    const opened = await open(recorder, clip)
    await sendAll(opened.port, [...clip.video.datagrams, ...clip.audio.datagrams])
    const first = await close(recorder, opened)
    await recorder.stop()
    await rm(join(first.folder, 'result.json'))
    const again = await aRecorder()
    expect(await again.info(opened.recordingId)).toMatchObject({ state: 'LEFT' })
    const second = await bringKey(again, opened)
    const plainOf = ({ result }: Recorded) =>
      result.tracks.map(({ master, thumbnails, ...track }) => ({
        ...track,
        plain: [master.plainSha256, thumbnails?.proof.plainSha256, thumbnails?.pictures],
      }))
    expect(plainOf(second)).toEqual(plainOf(first))
    expect(second.result.journal).toEqual(first.result.journal)
    expect(second.track('video').thumbnails?.pictures.length).toBeGreaterThanOrEqual(1)
    expect(second.track('audio').waveform?.levels.length).toBeGreaterThan(40)
  })
})

describe('other senders and other visits', () => {
  it('records what another program sends', async () => {
    const recorder = await aRecorder()
    const opened = await open(recorder, clip)
    const to = `rtp://127.0.0.1:${opened.port}?rtcpport=${opened.port}&pkt_size=1200`
    const sender = spawn('ffmpeg', [
      ...['-v', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc=s=320x180:r=25'],
      ...['-re', '-f', 'lavfi', '-i', 'sine=440:r=48000', '-t', '6', '-map', '0:v'],
      ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-g', '25', '-b:v', '400k'],
      ...['-payload_type', '96', '-ssrc', '1111', '-f', 'rtp', to, '-t', '6', '-map', '1:a'],
      ...['-c:a', 'libopus', '-payload_type', '111', '-ssrc', '2222', '-f', 'rtp', to],
    ])
    await once(sender, 'exit')
    const recorded = await close(recorder, opened)
    const { tracks } = recorded.result
    for (const track of tracks) {
      await expectSoundFile(recorded, track, 6)
      expect(track.lostPackets).toBe(0)
    }
    expect(tracks).toHaveLength(2)
    expect(Math.max(...tracks.map(({ startMs }) => startMs))).toBeLessThan(500)
  })

  it('does not mix two visits, even with the same SSRCs', async () => {
    const recorder = await aRecorder()
    const [short, long] = [await open(recorder, clip), await open(recorder, longClip)]
    expect(short.port).not.toBe(long.port)
    await Promise.all([
      sendAll(short.port, [...clip.audio.datagrams, ...clip.video.datagrams]),
      sendAll(long.port, [...longClip.audio.datagrams, ...longClip.video.datagrams]),
    ])
    const lengths = [short, long].map(async (opened, at) => {
      const recorded = await close(recorder, opened)
      const { tracks } = recorded.result
      for (const track of tracks) await expectSoundFile(recorded, track, [5, 12][at] ?? 0)
      return tracks.length
    })
    expect(await Promise.all(lengths)).toEqual([2, 2])
  })
})

describe('the journal of a recording', () => {
  it('[RC-2] says every few seconds how far it is on disk, and once more at the end', async () => {
    const recorder = await aRecorder()
    const opened = await open(recorder, longClip)
    const heads: Pick<RecordingHead, 'chunks' | 'chain' | 'bytes' | 'at'>[] = []
    recorder.client.on('recording:head', (head) => heads.push(head))
    const sender = sendPaced(opened.port, longClip.audio.datagrams)
    await expect.poll(() => heads.length, SOON).toBeGreaterThanOrEqual(3)
    sender.stop()
    const { result } = await close(recorder, opened)
    const { segments, bytes } = result.journal
    for (const { chunks, chain, bytes: upTo } of heads) {
      const segment = segments[chunks - 1]
      expect(segment).toMatchObject({ chain, bytes: upTo - (segment?.at ?? 0) })
    }
    expect(heads.at(-1)).toMatchObject({ chunks: segments.length, bytes })
    const spans = heads.slice(1, -1).map(({ at }, index) => {
      return Date.parse(at) - Date.parse(heads[index]?.at ?? '')
    })
    for (const span of spans) expect(span).toBeGreaterThanOrEqual(2_500)
  })

  it('[RC-3] keeps the visit’s course beside its media', async () => {
    const recorder = await aRecorder()
    const opened = await open(recorder, clip)
    const { recordingId } = opened
    const note = { at: '2026-11-22T10:00:00.000Z', kind: 'PAUSED', code: 'OFFICER' } as const
    await recorder.client.call('note', { recordingId, note })
    const events = withJournal(dataDir(), opened, (journal) =>
      [...journal.records()]
        .filter(({ kind }) => kind === 'event')
        .map(({ bytes }) => JSON.parse(bytes.toString()) as { event: string }),
    )
    expect(events.map(({ event }) => event)).toEqual([
      'anchor',
      'trackDescribed',
      'trackDescribed',
      'note',
    ])
    expect(events.at(-1)).toEqual({ event: 'note', note })
  })
})

describe('a recorder that ends', () => {
  it('[RC-2] killed in the middle, it is LEFT, needs its key, and has lost two seconds at most', async () => {
    const first = await aRecorder()
    const opened = await open(first, longClip)
    const { recordingId, visitId } = opened
    const inTime = [...longClip.audio.datagrams, ...longClip.video.datagrams].sort(
      (one, other) => one.dueMs - other.dueMs,
    )
    const sender = sendPaced(opened.port, inTime)
    await expect.poll(() => sender.sentMs(), SOON).toBeGreaterThan(KILLED_AFTER_MS)
    await first.stop('SIGKILL')
    const sentMs = sender.sentMs()
    sender.stop()
    expect(await readdir(join(dataDir(), visitId, recordingId))).toEqual(['journal.vvj'])

    const second = await aRecorder()
    const left = await second.info(recordingId)
    expect(left).toMatchObject({ visitId, epoch: 1, state: 'LEFT', isRecovered: true })
    const recorded = await bringKey(second, opened)
    const info = await second.info(recordingId)
    expect(info).toMatchObject({ visitId, isRecovered: true })
    expect(recorded.result.journal.isClosed).toBe(false)
    for (const track of recorded.result.tracks) {
      expect(sentMs - track.durationMs).toBeLessThan(MAX_LOST_MS)
      await expectSoundFile(recorded, track, track.durationMs / 1000)
    }
    expect(recorded.result.tracks).toHaveLength(2)
    await second.stop()
    // Finished stays finished, and a third recorder still tells of it.
    expect(await (await aRecorder()).info(recordingId)).toEqual(info)
  })

  it('stopped in order, it leaves the journal whole and ends at once', async () => {
    const first = await aRecorder()
    const opened = await open(first, clip)
    await sendAll(opened.port, clip.audio.datagrams)
    const sent = clip.audio.datagrams.filter(isRtp).length
    await expect.poll(async () => (await first.info(opened.recordingId))?.packets, SOON).toBe(sent)
    expect(await first.stop('SIGTERM')).toBe(0)
    const recorded = await bringKey(await aRecorder(), opened)
    expect(recorded.track('audio').packets).toBe(sent)
    expect(recorded.result.journal).toMatchObject({ isClosed: false, cutBytes: 0 })
  })
})
