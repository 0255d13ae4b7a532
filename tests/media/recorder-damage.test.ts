import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createFolderStore } from '@visavis/platform/object-store/index'
import { recordingFolderOf } from '@visavis/contract/recording-result'
import type { JournalSegment, RecordingResult } from '@visavis/contract/recording-result'
import { finishRecording } from '@visavis/recordings/finish/finish-recording'
import { JOURNAL_FILE } from '@visavis/recordings/recording-folders'
import { describe, expect, it } from 'vitest'
import { decodeErrors } from './media-probe.ts'
import { readRecorded } from './recorded-files.ts'
import type { Recorded } from './recorded-files.ts'
import { useRecorders } from './recorder-scene.ts'
import type { OpenRecording } from './recorder-scene.ts'
import { sendPaced } from './rtp-clip.ts'

/** Past the ten seconds after which it is told again whose each track is. */
const CLIP_S = 12
/** The frame in the middle that is damaged is the first after so long. */
const LOST_AFTER_MS = 5_000
/** The picture's frames and what was late are no cleaner than this at a border. */
const BORDER_MS = 500

const { clearDir, clip, aRecorder, open, close } = useRecorders()
let opened: OpenRecording
let whole: RecordingResult
let journal: Buffer

/** A recording of a clip that came in its own time. */
async function record(): Promise<void> {
  const taps = await clip(CLIP_S)
  const recorder = await aRecorder()
  opened = await open(recorder, taps)
  const inTime = [...taps.audio.datagrams, ...taps.video.datagrams].sort(
    (one, other) => one.dueMs - other.dueMs,
  )
  const sender = sendPaced(opened.port, inTime)
  await pause(CLIP_S * 1_000 + 500)
  sender.stop()
  const closed = await close(recorder, opened)
  whole = closed.result
  journal = await readFile(join(closed.folder, JOURNAL_FILE))
}

/** Finishes a journal anew, as a recorder does that finds it so. */
async function finished(bytes: Buffer): Promise<Recorded> {
  const root = await mkdtemp(join(clearDir(), 'damaged-'))
  const folder = join(root, recordingFolderOf(opened))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, JOURNAL_FILE), bytes)
  await finishRecording({
    ...{ folder, key: opened.key, store: createFolderStore(root), isInStore: true, ffmpeg: null },
  })
  return readRecorded({ dataDir: root, clearDir: clearDir() }, opened)
}

type Change = (bytes: Buffer, frame: JournalSegment) => Buffer
const DAMAGE: Readonly<Record<string, Change>> = {
  'a bit that flipped': (bytes, { at }) => {
    bytes[at + 200] = (bytes[at + 200] ?? 0) ^ 1
    return bytes
  },
  'a stretch that was cut out': (bytes, { at }) =>
    Buffer.concat([bytes.subarray(0, at + 500), bytes.subarray(at + 1_777)]),
  'a stretch that was written over': (bytes, { at }) => bytes.fill(0, at, at + 4_096),
}

/** The journal with one frame damaged, that frame and the next. */
function damaged(sort: string) {
  const { segments } = whole.journal
  const frame =
    segments.find(({ fromMs }) => fromMs > LOST_AFTER_MS) ?? expect.unreachable('no such frame')
  const next = segments[frame.i + 1] ?? expect.unreachable('no frame after it')
  const bytes = DAMAGE[sort]?.(Buffer.from(journal), frame) ?? expect.unreachable(sort)
  return { bytes, frame, next }
}

describe('[RC-2] [RC-3] a journal that its disk gives back with damage in the middle', () => {
  it('begins whole', { timeout: 120_000 }, async () => {
    await record()
    expect(whole.journal).toMatchObject({ damaged: [], cutBytes: 0, isClosed: true })
  })

  it.each(Object.keys(DAMAGE))(
    '%s: one second is gone, told, and all else is there',
    async (sort) => {
      const { bytes, frame, next } = damaged(sort)
      const { result, plain, playable } = await finished(bytes)
      const moved = bytes.length - journal.length
      const stretch = bytes.subarray(frame.at, next.at + moved)
      expect(result.journal).toMatchObject({
        ...{ bytes: bytes.length, cutBytes: 0, isClosed: true },
        damaged: [
          {
            ...{ at: frame.at, bytes: stretch.length, toMs: next.fromMs },
            sha256: createHash('sha256').update(stretch).digest('hex'),
          },
        ],
      })
      expect(result.journal.segments.map(({ i, sha256 }) => ({ i, sha256 }))).toEqual(
        whole.journal.segments
          .filter(({ i }) => i !== frame.i)
          .map(({ i, sha256 }) => ({ i, sha256 })),
      )
      const originMs = Date.parse(result.originAt) - Date.parse(result.openedAt)
      for (const track of result.tracks) {
        const { fromMs = 0, toMs = 0 } = track.holes[0] ?? {}
        expect(track.holes, track.kind).toHaveLength(1)
        expect(Math.abs(fromMs + originMs - frame.fromMs), track.kind).toBeLessThan(BORDER_MS)
        expect(Math.abs(toMs + originMs - frame.toMs), track.kind).toBeLessThan(BORDER_MS)
        await plain(track.master)
        const same = whole.tracks.find(({ trackId }) => trackId === track.trackId)
        expect(Math.abs(track.durationMs - (same?.durationMs ?? 0)), track.kind).toBeLessThan(50)
      }
      const sound = result.tracks.find(({ kind }) => kind === 'audio')
      expect(sound && (await decodeErrors(await playable(sound)))).toBe('')
    },
  )

  it('whose tracks were told in the damage: they are known from what is told again', async () => {
    const { segments } = whole.journal
    const told = segments.findIndex(({ fromMs }) => fromMs > 1_000)
    const bytes = Buffer.from(journal).fill(0, segments[0]?.at, segments[told]?.at)
    const { result } = await finished(bytes)
    expect(result.journal.damaged).toMatchObject([{ at: segments[0]?.at }])
    const idsOf = ({ tracks }: RecordingResult) => tracks.map(({ trackId }) => trackId).toSorted()
    expect(idsOf(result)).toEqual(idsOf(whole))
  })
})
