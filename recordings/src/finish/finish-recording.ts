import { createHash } from 'node:crypto'
import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import type { RecordingInfo } from '@visavis/contract/recorder-control'
import { recordingFolderOf } from '@visavis/contract/recording-result'
import type { RecordingResult } from '@visavis/contract/recording-result'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import { partName, writeWhole } from '@visavis/platform/object-store/durable'
import type { Ffmpeg } from '../derive/ffmpeg.ts'
import { openFileSource } from '../journal/byte-source.ts'
import { openJournal } from '../journal/journal-reader.ts'
import type { OpenJournal } from '../journal/journal-reader.ts'
import { cutTail } from '../journal/journal-scan.ts'
import { CUT_FILE, JOURNAL_FILE, RESULT_FILE, infoOf } from '../recording-folders.ts'
import { indexJournal } from './journal-index.ts'
import { keepOriginal } from './keep-original.ts'
import { keepTrack } from './keep-track.ts'
import type { KeepingKit } from './keep-track.ts'
import { makeTracks } from './make-tracks.ts'
import { resultOf } from './result.ts'

/** What finishing works with. */
export type FinishKit = {
  /** The recording's work, with its journal. */
  readonly folder: string
  readonly key: Uint8Array
  readonly store: ObjectStore
  /** Whether the store is the folder in which the recorder works. */
  readonly isInStore: boolean
  /** Draws waveforms; null where there is none. */
  readonly ffmpeg: Ffmpeg | null
}

/**
 * Makes the files of a recording from its sealed journal and puts all of it into the object store; at no time is
 * anything in clear on a disk. May be repeated: what is in the files is the same again. Cuts a torn end off the
 * journal first. Throws a Fault for a journal without a header, `DamagedBytes` for a damaged one or another key,
 * and whatever disk or store refuse with.
 */
export async function finishRecording(kit: FinishKit): Promise<RecordingInfo> {
  const path = join(kit.folder, JOURNAL_FILE)
  await cutTail(path)
  const file = openFileSource(path)
  try {
    const journal = openJournal(file, kit.key)
    if (!journal) throw new Fault('the journal has no header')
    const result = await makeFiles(kit, journal)
    return await keepAll(kit, result)
  } finally {
    file.close()
  }
}

async function makeFiles(kit: FinishKit, journal: OpenJournal): Promise<RecordingResult> {
  const { folder, key } = kit
  const index = indexJournal(journal)
  const { originMs, tracks } = await makeTracks(index, { source: journal.plain, folder, key })
  const { recordingId } = journal.header
  const keeping: KeepingKit = { ...kit, recordingId, prefix: recordingFolderOf(journal.header) }
  const kept = []
  for (const track of tracks) kept.push(await keepTrack(track, keeping))
  const cutBytes = await sizeOf(join(folder, CUT_FILE))
  return resultOf({ journal, index, originMs, cutBytes, tracks: kept, ffmpeg: kit.ffmpeg })
}

/** The result goes before the journal: without it the recording is unfinished, and needs its journal here. */
async function keepAll(kit: FinishKit, result: RecordingResult): Promise<RecordingInfo> {
  const { folder, store, isInStore } = kit
  const text = `${JSON.stringify(result)}\n`
  const prefix = recordingFolderOf(result)
  const upload = partName(join(folder, RESULT_FILE))
  await writeFile(upload, text)
  await store.remove(`${prefix}/${RESULT_FILE}`)
  await store.put(`${prefix}/${RESULT_FILE}`, upload)
  for (const file of result.journal.cutBytes > 0 ? [CUT_FILE, JOURNAL_FILE] : [JOURNAL_FILE]) {
    await keepOriginal(store, {
      path: join(folder, file),
      objectKey: `${prefix}/${file}`,
      isInStore,
    })
  }
  if (!isInStore) await writeWhole(join(folder, RESULT_FILE), text)
  await rm(upload, { force: true })
  return infoOf(result, createHash('sha256').update(text).digest('hex'))
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
