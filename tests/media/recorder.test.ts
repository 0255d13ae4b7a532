import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordingInfo } from '@visavis/contract/recorder-control'
import { openFileSource } from '@visavis/recordings/journal/byte-source'
import { JournalHeader } from '@visavis/recordings/journal/journal-format'
import { indexJournal } from '@visavis/recordings/finish/journal-index'
import { trackStream } from '@visavis/recordings/finish/track-stream'
import { createReceiver } from '@visavis/recordings/receive/receiver'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { beeps, decodeErrors, flashes, probeDuration } from './media-probe.ts'
import { aGrant, startRecorder } from './recorder-process.ts'
import type { RecorderProcess } from './recorder-process.ts'
import { asRetransmission, isRtp, makeClip, sendAll, sendPaced } from './rtp-clip.ts'
import type { Clip } from './rtp-clip.ts'

const MAX_SKEW_S = 0.05
const MAX_LENGTH_ERROR_S = 0.5
/** RC-2. */
const MAX_LOST_MS = 2_000
/** Not near a multiple of anything that is flushed by the second. */
const KILLED_AFTER_MS = 4_600

/** For conditions that come within a second or two on an idle machine. */
const SOON = { timeout: 20_000 }

let dataDir: string
let clip: Clip
let longClip: Clip
const running: RecorderProcess[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'recorder-'))
  clip = await makeClip(dataDir, 5)
  longClip = await makeClip(dataDir, 12)
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((recorder) => recorder.stop('SIGKILL')))
})
afterAll(() => rm(dataDir, { recursive: true }))

async function aRecorder(options: { maxFileBytes?: number } = {}): Promise<RecorderProcess> {
  const recorder = await startRecorder(dataDir, options)
  running.push(recorder)
  return recorder
}

async function openFor(recorder: RecorderProcess, taps: Clip) {
  const { grant, recordingId, visitId } = await aGrant()
  const { port } = await recorder.client.call('open', { grant })
  for (const { tap } of [taps.video, taps.audio]) {
    await recorder.client.call('describeTrack', { recordingId, track: tap })
  }
  return { grant, recordingId, visitId, port }
}

const trackOf = (info: RecordingInfo, kind: 'audio' | 'video') => {
  const track = info.tracks.find((candidate) => candidate.kind === kind)
  return track ?? expect.unreachable(`no ${kind} in ${JSON.stringify(info)}`)
}
const pathOf = ({ file }: { file: string }) => join(dataDir, file)

async function expectSoundFile(track: RecordingInfo['tracks'][number], seconds: number) {
  const length = await probeDuration(pathOf(track))
  expect(Math.abs(length - seconds)).toBeLessThan(MAX_LENGTH_ERROR_S)
  expect(Math.abs(length - track.durationMs / 1000)).toBeLessThan(0.1)
  expect(await decodeErrors(pathOf(track))).toBe('')
}

describe('the recorder', () => {
  it('[RC-2] makes playable tracks in step of what arrived late, twice, out of order or again', async () => {
    const recorder = await aRecorder()
    const { recordingId, visitId, port } = await openFor(recorder, clip)
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
    await sendAll(port, [...clip.audio.datagrams, ...shuffled, ...repeated])
    await recorder.client.call('close', { recordingId })

    const info = await recorder.finished(recordingId)
    expect(await told).toEqual(info)
    expect(info).toMatchObject({ visitId, epoch: 1 })
    expect(info.isRecovered).toBeUndefined()
    const [video, audio] = [trackOf(info, 'video'), trackOf(info, 'audio')]
    expect(video).toMatchObject({ trackId: tap.trackId, lostPackets: 0 })
    expect(video.packets).toBe(datagrams.filter(isRtp).length)
    await expectSoundFile(video, 5)
    await expectSoundFile(audio, 5)

    const seen = (await flashes(pathOf(video))).map((time) => time + video.startMs / 1000)
    const heard = (await beeps(pathOf(audio))).map((time) => time + audio.startMs / 1000)
    expect(seen.length).toBeGreaterThanOrEqual(4)
    for (const time of seen) {
      const skews = heard.map((beep) => Math.abs(beep - time))
      expect(Math.min(...skews)).toBeLessThanOrEqual(MAX_SKEW_S)
    }
  })

  it('leaves out what cannot be decoded and says how much was lost', async () => {
    const recorder = await aRecorder()
    const { recordingId, port } = await openFor(recorder, clip)
    const gap = clip.video.datagrams.filter(isRtp).slice(20, 25)
    const left = clip.video.datagrams.filter((datagram) => !gap.includes(datagram))
    await sendAll(port, [...left, ...clip.audio.datagrams])
    await recorder.client.call('close', { recordingId })
    const video = trackOf(await recorder.finished(recordingId), 'video')
    expect(video.lostPackets).toBe(5)
    await expectSoundFile(video, 5)
  })

  it('records what another program sends', async () => {
    const recorder = await aRecorder()
    const { recordingId, port } = await openFor(recorder, clip)
    const to = `rtp://127.0.0.1:${port}?rtcpport=${port}&pkt_size=1200`
    const sender = spawn('ffmpeg', [
      ...['-v', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc=s=320x180:r=25'],
      ...['-re', '-f', 'lavfi', '-i', 'sine=440:r=48000', '-t', '6', '-map', '0:v'],
      ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-g', '25', '-b:v', '400k'],
      ...['-payload_type', '96', '-ssrc', '1111', '-f', 'rtp', to, '-t', '6', '-map', '1:a'],
      ...['-c:a', 'libopus', '-payload_type', '111', '-ssrc', '2222', '-f', 'rtp', to],
    ])
    await once(sender, 'exit')
    await recorder.client.call('close', { recordingId })
    const info = await recorder.finished(recordingId)
    for (const track of info.tracks) {
      await expectSoundFile(track, 6)
      expect(track.lostPackets).toBe(0)
    }
    expect(info.tracks).toHaveLength(2)
    expect(Math.max(...info.tracks.map(({ startMs }) => startMs))).toBeLessThan(500)
  })

  it('[RC-2] killed in the middle, it finishes the journal at its next start and has lost two seconds at most', async () => {
    const first = await aRecorder()
    const { recordingId, visitId, port } = await openFor(first, longClip)
    const inTime = [...longClip.audio.datagrams, ...longClip.video.datagrams].sort(
      (one, other) => one.dueMs - other.dueMs,
    )
    const sender = sendPaced(port, inTime)
    await expect.poll(() => sender.sentMs(), SOON).toBeGreaterThan(KILLED_AFTER_MS)
    await first.stop('SIGKILL')
    const sentMs = sender.sentMs()
    sender.stop()
    expect(await readdir(join(dataDir, visitId, recordingId))).toEqual(['journal.vvj'])

    const second = await aRecorder()
    const info = await second.finished(recordingId)
    expect(info).toMatchObject({ visitId, isRecovered: true })
    for (const track of info.tracks) {
      expect(sentMs - track.durationMs).toBeLessThan(MAX_LOST_MS)
      await expectSoundFile(track, track.durationMs / 1000)
    }
    expect(info.tracks).toHaveLength(2)
    await second.stop()
    // Finished stays finished, and a third recorder still tells of it.
    expect(await (await aRecorder()).info(recordingId)).toEqual(info)
  })

  it('stopped in order, it leaves the journal whole and ends at once', async () => {
    const first = await aRecorder()
    const { recordingId, port } = await openFor(first, clip)
    await sendAll(port, clip.audio.datagrams)
    const sent = clip.audio.datagrams.filter(isRtp).length
    await expect.poll(async () => (await first.info(recordingId))?.packets, SOON).toBe(sent)
    expect(await first.stop('SIGTERM')).toBe(0)
    const info = await (await aRecorder()).finished(recordingId)
    expect(trackOf(info, 'audio').packets).toBe(sent)
  })

  it('does not mix two visits, even with the same SSRCs', async () => {
    const recorder = await aRecorder()
    const [short, long] = [await openFor(recorder, clip), await openFor(recorder, longClip)]
    expect(short.port).not.toBe(long.port)
    await Promise.all([
      sendAll(short.port, [...clip.audio.datagrams, ...clip.video.datagrams]),
      sendAll(long.port, [...longClip.audio.datagrams, ...longClip.video.datagrams]),
    ])
    for (const { recordingId } of [short, long])
      await recorder.client.call('close', { recordingId })
    const lengths = [short, long].map(async ({ recordingId }, at) => {
      const info = await recorder.finished(recordingId)
      for (const track of info.tracks) await expectSoundFile(track, [5, 12][at] ?? 0)
      return info.tracks.length
    })
    expect(await Promise.all(lengths)).toEqual([2, 2])
  })
})

describe('the permission to record', () => {
  it('[RC-1] is refused when it is forged, expired or used', async () => {
    const recorder = await aRecorder()
    const forged = await aGrant({ secret: 'f'.repeat(32) })
    const expired = await aGrant({ expiresAt: new Date(Date.now() - 1).toISOString() })
    for (const { grant } of [forged, expired]) {
      await expect(recorder.client.call('open', { grant })).rejects.toMatchObject({
        code: 'GRANT_REFUSED',
      })
    }
    const { grant, recordingId } = await aGrant()
    const opened = await recorder.client.call('open', { grant })
    expect(await recorder.client.call('open', { grant })).toEqual(opened)
    await recorder.client.call('close', { recordingId })
    await expect(recorder.client.call('open', { grant })).rejects.toMatchObject({
      code: 'GRANT_REFUSED',
    })
    expect(await recorder.finished(recordingId)).toMatchObject({ packets: 0, tracks: [] })
    for (const unknown of [forged, expired]) {
      await expect(
        recorder.client.call('close', { recordingId: unknown.recordingId }),
      ).rejects.toMatchObject({ code: 'RECORDING_NOT_FOUND' })
    }
  })
})

describe('trouble', () => {
  it('[RC-3] of the disk fails that recording aloud and leaves the recorder running', async () => {
    const recorder = await aRecorder({ maxFileBytes: 20_000 })
    const { recordingId, visitId, port } = await openFor(recorder, clip)
    const failed = new Promise((resolve) => recorder.client.on('recording:failed', resolve))
    await sendAll(port, clip.video.datagrams)
    expect(await failed).toMatchObject({ recordingId, visitId })
    expect(await recorder.info(recordingId)).toMatchObject({ state: 'FAILED' })
    await recorder.client.call('close', { recordingId })
    const next = await aGrant()
    await recorder.client.call('open', { grant: next.grant })
    expect(await (await fetch(`${recorder.url}/healthz`)).json()).toMatchObject({
      ok: true,
      recordings: { FAILED: 1, OPEN: 1 },
    })
    await recorder.stop()

    // What fitted on the disk is whole, and is finished when there is room again.
    const info = await (await aRecorder()).finished(recordingId)
    expect(info.packets).toBeGreaterThan(5)
  })

  it('[RC-2] in the main thread for a second and a half loses no packet', async () => {
    const { recordingId, visitId } = await aGrant()
    const journalPath = join(dataDir, 'stall', 'journal.vvj')
    const monoStart = process.hrtime.bigint()
    const receiver = createReceiver({
      onCounted: () => undefined,
      onFailed: (_, why) => expect.unreachable(why),
    })
    const wallStart = new Date().toISOString()
    const header = JournalHeader.parse({
      ...{ v: 1, recordingId, visitId, epoch: 1, wallStart },
      monoStart: monoStart.toString(),
    })
    const { port } = await receiver.open({ journalPath, header, address: '127.0.0.1' })
    const { tap } = clip.audio
    await receiver.note(recordingId, { event: 'trackDescribed', track: tap })
    const sender = spawn('ffmpeg', [
      ...['-v', 'error', '-re', '-f', 'lavfi', '-i', 'sine=440:r=48000', '-t', '4'],
      ...['-c:a', 'libopus', '-payload_type', '111', '-ssrc', '2222', '-f', 'rtp'],
      `rtp://127.0.0.1:${port}?rtcpport=${port}`,
    ])
    await expect.poll(async () => (await readFile(journalPath)).length, SOON).toBeGreaterThan(2_000)
    const stalledAtMs = Number(process.hrtime.bigint() - monoStart) / 1e6
    for (const until = performance.now() + 1_500; performance.now() < until;);
    await once(sender, 'exit')
    await receiver.close(recordingId)
    await receiver.stop()

    const source = openFileSource(journalPath)
    const index = indexJournal(source) ?? expect.unreachable('no header')
    const stream = trackStream(index, tap, source)
    source.close()
    expect(stream.lostPackets).toBe(0)
    const meanwhile = stream.packets.filter(
      ({ atMs }) => atMs > stalledAtMs && atMs < stalledAtMs + 1_500,
    )
    // 50 a second; they were read while the main thread stood still, not after.
    expect(meanwhile.length).toBeGreaterThan(60)
  })
})
