import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { RecordingInfo } from '@visavis/contract/recorder-control'
import { RecordingId } from '@visavis/contract/ids'
import { openFileSource } from './journal/byte-source.ts'
import { readHeader } from './journal/journal-reader.ts'
import type { RecordingKey } from './recording-state.ts'

/** The original, kept for ever beside what is made from it. */
export const JOURNAL_FILE = 'journal.vvj'
/** What was made from it; its presence says that the recording is finished. */
export const RESULT_FILE = 'recording.json'

/** A recording's own folder: its journal, its result and what is being made. */
export function recordingFolder(
  dataDir: string,
  { visitId, recordingId }: { visitId: string; recordingId: string },
): string {
  return join(dataDir, visitId, recordingId)
}

/** A recording found on disk: finished, left behind by a recorder that died, or never really begun. */
export type FoundRecording =
  | { readonly state: 'FINISHED'; readonly info: RecordingInfo; readonly finishedAtMs: number }
  | { readonly state: 'LEFT'; readonly key: RecordingKey }
  | { readonly state: 'HEADLESS'; readonly folder: string }

/**
 * The recordings under `dataDir` that are unfinished or were finished after `sinceMs` (Unix time); an
 * empty or missing folder has none. A result that cannot be read counts as unfinished: it can be made again.
 */
export async function findRecordings(dataDir: string, sinceMs: number): Promise<FoundRecording[]> {
  const found: FoundRecording[] = []
  for (const visitId of await uuidsIn(dataDir)) {
    for (const recordingId of await uuidsIn(join(dataDir, visitId))) {
      const recording = await inspect(recordingFolder(dataDir, { visitId, recordingId }))
      const isOld = recording?.state === 'FINISHED' && recording.finishedAtMs < sinceMs
      if (recording && !isOld) found.push(recording)
    }
  }
  return found
}

async function inspect(folder: string): Promise<FoundRecording | null> {
  const result = await readResult(join(folder, RESULT_FILE))
  if (result) return { state: 'FINISHED', ...result }
  const journal = join(folder, JOURNAL_FILE)
  const hasJournal = await stat(journal).then(
    () => true,
    () => false,
  )
  if (!hasJournal) return null
  const header = readKey(journal)
  return header ? { state: 'LEFT', key: header } : { state: 'HEADLESS', folder }
}

function readKey(journal: string): RecordingKey | null {
  const source = openFileSource(journal)
  try {
    const header = readHeader(source)?.header
    if (!header) return null
    const { recordingId, visitId, epoch } = header
    return { recordingId, visitId, epoch }
  } finally {
    source.close()
  }
}

async function readResult(
  path: string,
): Promise<{ info: RecordingInfo; finishedAtMs: number } | null> {
  try {
    const { mtimeMs } = await stat(path)
    const info = RecordingInfo.parse(JSON.parse(await readFile(path, 'utf8')))
    return { info, finishedAtMs: mtimeMs }
  } catch {
    return null
  }
}

async function uuidsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => RecordingId.safeParse(name).success)
}
