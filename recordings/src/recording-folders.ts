import { createHash } from 'node:crypto'
import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { RecordingId } from '@visavis/contract/ids'
import type { RecordingInfo } from '@visavis/contract/recorder-control'
import { RESULT_FILE, RecordingResult } from '@visavis/contract/recording-result'
import { scanFile } from './journal/journal-scan.ts'
import type { RecordingKey } from './recording-state.ts'

export { RESULT_FILE }
/** The original, kept beside what is made from it. */
export const JOURNAL_FILE = 'journal.vvj'
/** What was torn off the journal's end, where a crash has torn it. */
export const CUT_FILE = `${JOURNAL_FILE}.cut`

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
  | {
      readonly state: 'LEFT'
      readonly key: RecordingKey
      readonly journal: string
      /** The recorder died while it was open. */
      readonly isRecovered: boolean
      /** What follows its last whole chunk. */
      readonly tornBytes: number
    }
  | { readonly state: 'HEADLESS'; readonly folder: string }
  /** Finished so long ago that every server has heard of it. */
  | { readonly state: 'OLD'; readonly folder: string }

/** What counts as finished, and as long ago. */
type Search = {
  /** Unix time; what was finished before is OLD, and is not even read: there may be years of it. */
  readonly sinceMs: number
  /** Whether finished journals stay here. */
  readonly isInStore: boolean
}

/**
 * The recordings under `dataDir`; an empty or missing folder has none. A result that cannot be read counts as
 * unfinished: it can be made again.
 */
export async function findRecordings(dataDir: string, search: Search): Promise<FoundRecording[]> {
  const found: FoundRecording[] = []
  for (const visitId of await uuidsIn(dataDir)) {
    for (const recordingId of await uuidsIn(join(dataDir, visitId))) {
      const folder = recordingFolder(dataDir, { visitId, recordingId })
      const recording = await inspect(folder, search)
      if (recording) found.push(recording)
    }
  }
  return found
}

/** What a server is told of a finished recording, from its result and that file's SHA-256. */
export function infoOf(result: RecordingResult, resultSha256: string): RecordingInfo {
  const { recordingId, visitId, epoch, tracks, journal } = result
  const packets = tracks.reduce((sum, track) => sum + track.packets, 0)
  const info = { recordingId, visitId, epoch, state: 'FINISHED', packets, resultSha256 } as const
  return journal.isClosed ? info : { ...info, isRecovered: true }
}

async function inspect(
  folder: string,
  { sinceMs, isInStore }: Search,
): Promise<FoundRecording | null> {
  const journal = join(folder, JOURNAL_FILE)
  const hasJournal = (await changedAtMs(journal)) !== null
  const resultFile = join(folder, RESULT_FILE)
  const finishedAtMs = await changedAtMs(resultFile)
  // Where journals go elsewhere, one that is here has not got there.
  if (finishedAtMs !== null && (isInStore || !hasJournal)) {
    if (finishedAtMs < sinceMs) return { state: 'OLD', folder }
    const info = await readResult(resultFile)
    if (info) return { state: 'FINISHED', info, finishedAtMs }
  }
  if (!hasJournal) return null
  const scan = scanFile(journal)
  if (!scan) return { state: 'HEADLESS', folder }
  const { recordingId, visitId, epoch } = scan.header
  const key = { recordingId, visitId, epoch }
  const { tornBytes, isClosed } = scan
  return { state: 'LEFT', key, journal, tornBytes, isRecovered: !isClosed }
}

async function readResult(path: string): Promise<RecordingInfo | null> {
  try {
    const bytes = await readFile(path)
    const result = RecordingResult.parse(JSON.parse(bytes.toString('utf8')))
    return infoOf(result, createHash('sha256').update(bytes).digest('hex'))
  } catch {
    return null
  }
}

/** Unix time; null when there is no such file. */
function changedAtMs(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  )
}

async function uuidsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => RecordingId.safeParse(name).success)
}
