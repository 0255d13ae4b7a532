import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SEALING } from '@visavis/contract/recording-result'
import { createFinisher } from '@visavis/recordings/finish/finisher'
import { indexJournal } from '@visavis/recordings/finish/journal-index'
import { trackStream } from '@visavis/recordings/finish/track-stream'
import { JournalHeader } from '@visavis/recordings/journal/journal-format'
import { createReceiver } from '@visavis/recordings/receive/receiver'
import { JOURNAL_FILE, recordingFolder } from '@visavis/recordings/recording-folders'
import { describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { readRecorded, withJournal } from './recorded-files.ts'
import { aPermission, startRecorder } from './recorder-process.ts'
import type { RecorderProcess } from './recorder-process.ts'
import { useRecorders } from './recorder-scene.ts'
import { sendAll, sendPaced } from './rtp-clip.ts'

const { dataDir, clearDir, clip, aRecorder, open, close } = useRecorders()

const HOUR_MS = 3_600_000
const STEPPED_CLOCK = fileURLToPath(new URL('./stepped-clock.mjs', import.meta.url))
/** Less than a second of a clip takes. */
const SMALL_DISK_BYTES = 96 * 1024
const LARGE_DISK_BYTES = 32 * 1024 * 1024

/** Mounts a file system of that size; false where this user may not. */
function mountDisk(folder: string, bytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}

const toldFailed = (recorder: RecorderProcess) =>
  new Promise((resolve) => recorder.client.on('recording:failed', resolve))

describe('trouble of the disk', () => {
  it('[RC-3] fails that recording aloud and leaves the recorder running', async () => {
    const taps = await clip(5)
    const recorder = await aRecorder({ maxFileBytes: 20_000 })
    const opened = await open(recorder, taps)
    const { recordingId, visitId } = opened
    const failed = toldFailed(recorder)
    await sendAll(opened.port, taps.video.datagrams)
    expect(await failed).toEqual({ recordingId, visitId, why: 'DISK_FULL' })
    expect(await recorder.info(recordingId)).toMatchObject({ state: 'FAILED' })
    await recorder.client.call('close', { recordingId })
    const { grant, sealedKey } = await aPermission()
    await recorder.client.call('open', { grant, sealedKey })
    expect(await (await fetch(`${recorder.url}/healthz`)).json()).toMatchObject({
      ok: true,
      recordings: { FAILED: 1, OPEN: 1 },
    })
    await recorder.stop()
  })

  it('[RC-3] that is full in truth costs what did not fit, and is finished when there is room', async ({
    skip,
  }) => {
    const disk = await mkdtemp(join(clearDir(), 'disk-'))
    if (!mountDisk(disk, SMALL_DISK_BYTES)) skip('this user may not mount a disk')
    const taps = await clip(5)
    const recorder = await startRecorder(disk)
    try {
      const opened = await open(recorder, taps)
      const { recordingId, visitId } = opened
      const failed = toldFailed(recorder)
      const sender = sendPaced(opened.port, taps.video.datagrams)
      expect(await failed).toEqual({ recordingId, visitId, why: 'DISK_FULL' })
      sender.stop()
      const { sealedKey } = opened
      await recorder.client.call('finish', { recordingId, sealedKey })
      await recorder.becomes('FAILED', opened)
      execFileSync('mount', ['-o', `remount,size=${LARGE_DISK_BYTES}`, disk])
      await recorder.client.call('finish', { recordingId, sealedKey })
      await recorder.becomes('FINISHED', opened)
      const recorded = await readRecorded({ dataDir: disk, clearDir: clearDir() }, opened)
      expect(recorded.result.journal.segments.length).toBeGreaterThan(0)
      expect(recorded.track('video').packets).toBeGreaterThan(5)
    } finally {
      await recorder.stop('SIGKILL')
      execFileSync('umount', ['-l', disk])
    }
  })
})

describe('a wall clock that is set while it records', () => {
  it.each([HOUR_MS, -HOUR_MS])(
    '[RC-2] by %i ms shows in the anchors and moves nothing of the media',
    async (stepMs) => {
      const steppedAt = join(clearDir(), `step-${stepMs}`)
      const recorder = await aRecorder({
        nodeOptions: ['--import', STEPPED_CLOCK],
        env: { CLOCK_STEP_MS: `${stepMs}`, CLOCK_STEP_FILE: steppedAt },
      })
      const taps = await clip(5)
      const opened = await open(recorder, taps)
      const beganAt = Date.now()
      const sender = sendPaced(opened.port, [...taps.audio.datagrams])
      await until(() => (sender.sentMs() > 2_000 ? true : null), 'half of the sound')
      await writeFile(steppedAt, '')
      await until(() => (sender.sentMs() > 4_800 ? true : null), 'the rest of it')
      sender.stop()
      const { result, track } = await close(recorder, opened)
      const sound = track('audio')
      expect(Math.abs(sound.durationMs - 5_000)).toBeLessThan(250)
      expect(sound).toMatchObject({ holes: [], filledMs: 0, lostPackets: 0 })
      const aheadMs = result.anchors.map(({ monoMs, wall }) => Date.parse(wall) - monoMs)
      const [first = 0, last = 0] = [aheadMs.at(0), aheadMs.at(-1)]
      expect(Math.abs(last - first - stepMs)).toBeLessThan(1_000)
      expect(Math.abs(Date.parse(result.originAt) - beganAt)).toBeLessThan(2_000)
    },
  )
})

describe('a stall', () => {
  it('[RC-2] of a second and a half in the main thread, while files are made, loses no packet', async () => {
    const taps = await clip(5)
    const busy = await aRecorder()
    const left = await open(busy, taps)
    await sendAll(left.port, [...taps.audio.datagrams, ...taps.video.datagrams])
    await busy.stop()

    const permission = await aPermission()
    const { recordingId, visitId } = permission
    const journalPath = join(recordingFolder(dataDir(), permission), JOURNAL_FILE)
    const monoStart = process.hrtime.bigint()
    const header = JournalHeader.parse({
      ...{ v: 2, sealing: SEALING, recordingId, visitId, epoch: 1 },
      ...{ grantSha256: '0'.repeat(64), wallStart: new Date().toISOString() },
      monoStart: monoStart.toString(),
    })
    let heads = 0
    const receiver = createReceiver({
      onCounted: () => undefined,
      onHead: () => (heads += 1),
      onFailed: (_, { why }) => expect.unreachable(why),
    })
    const finisher = createFinisher({
      dataDir: dataDir(),
      storeConfig: { OBJECT_STORE: 'folder', S3_REGION: 'none' },
      findFfmpeg: () => Promise.resolve(null),
    })
    const address = '127.0.0.1'
    const key = new Uint8Array(permission.key)
    const { port } = await receiver.open({ journalPath, header, key, address })
    const { tap } = taps.audio
    await receiver.note(recordingId, { event: 'trackDescribed', track: tap })
    const sender = spawn('ffmpeg', [
      ...['-v', 'error', '-re', '-f', 'lavfi', '-i', 'sine=440:r=48000', '-t', '4'],
      ...['-c:a', 'libopus', '-payload_type', '111', '-ssrc', '2222', '-f', 'rtp'],
      `rtp://127.0.0.1:${port}?rtcpport=${port}`,
    ])
    await until(() => (heads > 2 ? true : null), 'sound on disk')
    const finishing = finisher.finish({
      recording: { ...left, epoch: 1 },
      key: new Uint8Array(left.key),
    })
    const stalledAtMs = Number(process.hrtime.bigint() - monoStart) / 1e6
    for (const end = performance.now() + 1_500; performance.now() < end;);
    await once(sender, 'exit')
    await finishing
    await receiver.close(recordingId)
    await Promise.all([receiver.stop(), finisher.stop()])

    const stream = withJournal(dataDir(), permission, (journal) =>
      trackStream(indexJournal(journal), tap, journal.plain),
    )
    expect(stream.lostPackets).toBe(0)
    const meanwhile = stream.packets.filter(
      ({ atMs }) => atMs > stalledAtMs && atMs < stalledAtMs + 1_500,
    )
    // 50 a second; they were read while the main thread stood still, not after.
    expect(meanwhile.length).toBeGreaterThan(60)
  })
})
