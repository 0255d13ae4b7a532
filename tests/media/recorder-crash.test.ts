import { cp, mkdtemp, readFile, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createFolderStore } from '@visavis/platform/object-store/index'
import { RecordingResult, recordingFolderOf } from '@visavis/contract/recording-result'
import { finishRecording } from '@visavis/recordings/finish/finish-recording'
import { scanFile } from '@visavis/recordings/journal/journal-scan'
import { JOURNAL_FILE, RESULT_FILE, recordingFolder } from '@visavis/recordings/recording-folders'
import { describe, expect, it } from 'vitest'
import { anySeed, seeded } from '../support/seeded.ts'
import { decodeErrors } from './media-probe.ts'
import { readRecorded, withJournal } from './recorded-files.ts'
import { useRecorders } from './recorder-scene.ts'
import { sendAll, sendPaced } from './rtp-clip.ts'

/** RC-2. */
const MAX_LOST_MS = 2_000
/** `KILLS=50` for the long form. */
const KILLS = Number(process.env['KILLS'] ?? 3)
const CUTS = Number(process.env['CUTS'] ?? 12)
const EARLIEST_KILL_MS = 300
const LATEST_KILL_MS = 5_000
const CLIP_S = 12
const MS_EACH = 60_000

const { dataDir, clearDir, clip, aRecorder, open, close, bringKey } = useRecorders()

describe('a recorder that is killed', { timeout: MS_EACH * (KILLS + 2) }, () => {
  it(`[RC-2] ${KILLS} times at any moment loses two seconds at most, and all it sealed verifies`, async () => {
    const seed = anySeed()
    const chance = seeded(seed)
    const taps = await clip(CLIP_S)
    const inTime = [...taps.audio.datagrams, ...taps.video.datagrams].sort(
      (one, other) => one.dueMs - other.dueMs,
    )
    const losses: number[] = []
    let recorder = await aRecorder()
    for (let kill = 0; kill < KILLS; kill += 1) {
      const opened = await open(recorder, taps)
      const sender = sendPaced(opened.port, inTime)
      const afterMs = EARLIEST_KILL_MS + chance.below(LATEST_KILL_MS - EARLIEST_KILL_MS)
      await pause(afterMs)
      recorder.child.kill('SIGKILL')
      const sentMs = sender.sentMs()
      sender.stop()
      const place = `seed ${seed}, kill ${kill + 1} after ${afterMs} ms`
      const path = join(recordingFolder(dataDir(), opened), JOURNAL_FILE)
      const scan = scanFile(path) ?? expect.unreachable(place)
      withJournal(dataDir(), opened, (journal) =>
        expect([...journal.records()], place).toBeTruthy(),
      )

      recorder = await aRecorder()
      expect((await stat(path)).size, place).toBe(scan.wholeBytes)
      const recorded = await bringKey(recorder, opened)
      const { journal, tracks } = recorded.result
      expect(journal.segments, place).toHaveLength(scan.frames.length)
      expect(journal, place).toMatchObject({ isClosed: false, cutBytes: scan.tornBytes })
      const keptMs = Math.max(0, ...tracks.map(({ startMs, durationMs }) => startMs + durationMs))
      losses.push(Math.max(0, sentMs - keptMs))
      expect(losses.at(-1), place).toBeLessThanOrEqual(MAX_LOST_MS)
      for (const track of tracks) {
        expect(await decodeErrors(await recorded.playable(track)), place).toBe('')
      }
    }
    const worst = Math.round(Math.max(...losses))
    const mean = Math.round(losses.reduce((sum, loss) => sum + loss, 0) / losses.length)
    console.info(`${KILLS} kills: ${mean} ms lost on average, ${worst} ms at most (seed ${seed})`)
  })
})

describe('a journal that a power cut has torn', () => {
  it(`[RC-2] at any of its bytes (${CUTS} of them) gives what was whole, and says what was cut`, async () => {
    const taps = await clip(5)
    const recorder = await aRecorder()
    const opened = await open(recorder, taps)
    await sendAll(opened.port, [...taps.audio.datagrams, ...taps.video.datagrams])
    const { result: whole, folder } = await close(recorder, opened)
    const seed = anySeed()
    const chance = seeded(seed)
    const headerBytes = whole.journal.segments[0]?.at ?? 0
    for (let cut = 0; cut < CUTS; cut += 1) {
      const bytes = headerBytes + chance.below(whole.journal.bytes - headerBytes)
      const place = `seed ${seed}, cut ${cut + 1} at ${bytes}`
      const root = await mkdtemp(join(clearDir(), 'torn-'))
      const torn = join(root, recordingFolderOf(opened))
      await cp(join(folder, JOURNAL_FILE), join(torn, JOURNAL_FILE))
      await truncate(join(torn, JOURNAL_FILE), bytes)
      await finishRecording({
        ...{ folder: torn, key: opened.key, store: createFolderStore(root) },
        ...{ isInStore: true, ffmpeg: null },
      })
      const text = await readFile(join(torn, RESULT_FILE), 'utf8')
      const { journal, tracks } = RecordingResult.parse(JSON.parse(text))
      const kept = journal.segments.length
      expect(journal.segments, place).toEqual(whole.journal.segments.slice(0, kept))
      expect(journal.bytes + journal.cutBytes, place).toBe(bytes)
      const next = whole.journal.segments[kept]
      expect(next, place).toMatchObject({ at: journal.bytes })
      expect(bytes - journal.bytes, place).toBeLessThan(next?.bytes ?? 0)
      const recorded = await readRecorded({ dataDir: root, clearDir: clearDir() }, opened)
      for (const { master } of tracks) await recorded.plain(master)
    }
  })
})
