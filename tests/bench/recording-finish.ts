import { createReadStream } from 'node:fs'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { RESULT_FILE, RecordingResult, recordingFolderOf } from '@visavis/contract/recording-result'
import { createFolderStore } from '@visavis/platform/object-store/index'
import { findFfmpeg } from '@visavis/recordings/derive/ffmpeg'
import { finishRecording } from '@visavis/recordings/finish/finish-recording'
import { compareBlocks, compareJournal } from '../../server/src/modules/recordings/checks-rules.ts'
import type { Comparison } from '../../server/src/modules/recordings/checks-rules.ts'
import { makeClip } from '../media/rtp-clip.ts'
import { writeLoopedJournal } from '../support/looped-journal.ts'
import { permissionOf } from './recording-process.ts'

/** A finished visit and what it took. */
export type FinishFigures = {
  readonly finishS: number
  readonly journalBytes: number
  readonly verifyMbPerS: number
  readonly tracks: number
}

const CLIP_S = 10
const SEATS = 2
const MS_PER_S = 1_000
const MS_PER_MINUTE = 60_000
const BYTES_PER_MB = 1_000_000

/**
 * Writes the journal of a visit of two with real VP8 and Opus (320 × 180, 400 kbit/s) at its real rates, but
 * faster than real time; then finishes it and checks every file as the scheduled check does.
 */
export async function measureFinish(dataDir: string, minutes: number): Promise<FinishFigures> {
  const visitId = randomUUID()
  const { recordingId, key } = await permissionOf(visitId, 'b'.repeat(32))
  const folder = join(dataDir, recordingFolderOf({ visitId, recordingId }))
  await mkdir(dataDir, { recursive: true })
  const clip = await makeClip(dataDir, CLIP_S)
  await writeLoopedJournal({
    ...{ folder, visitId, recordingId, key, epoch: 1, openedAt: new Date() },
    seats: Array.from({ length: SEATS }, () => ({ seatId: randomUUID(), clip })),
    ...{ clipMs: CLIP_S * MS_PER_S, lengthMs: minutes * MS_PER_MINUTE },
  })
  const store = createFolderStore(dataDir)
  const ffmpeg = await findFfmpeg(process.env['FFMPEG_PATH'])
  const startedAtMs = performance.now()
  await finishRecording({ folder, key, store, isInStore: true, ffmpeg })
  const finishS = (performance.now() - startedAtMs) / MS_PER_S
  const result = RecordingResult.parse(
    JSON.parse(await readFile(join(folder, RESULT_FILE), 'utf8')),
  )
  const { journal, tracks } = result
  return {
    finishS,
    journalBytes: journal.bytes,
    verifyMbPerS: await verify(folder, result),
    tracks: tracks.length,
  }
}

/** The scheduled check's own comparison of journal, masters and thumbnails; megabytes of them a second. */
async function verify(folder: string, { journal, tracks }: RecordingResult): Promise<number> {
  const files: [string, Comparison][] = [[journal.file, compareJournal(journal)]]
  for (const { master, thumbnails } of tracks) {
    files.push([master.file, compareBlocks(master)])
    if (thumbnails) files.push([thumbnails.proof.file, compareBlocks(thumbnails.proof)])
  }
  let bytes = 0
  const startedAtMs = performance.now()
  for (const [file, comparison] of files) {
    const path = join(folder, file)
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      comparison.add(chunk as Buffer)
    }
    const bad = comparison.end()
    if (bad) throw new RangeError(`${file} is damaged: ${bad.fromByte}-${bad.toByte}`)
    bytes += (await stat(path)).size
  }
  return bytes / BYTES_PER_MB / ((performance.now() - startedAtMs) / MS_PER_S)
}
