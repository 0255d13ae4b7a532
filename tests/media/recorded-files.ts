import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaKind } from '@visavis/contract/rtc'
import { RecordingResult } from '@visavis/contract/recording-result'
import type { FileProof } from '@visavis/contract/recording-result'
import { openFileSource } from '@visavis/recordings/journal/byte-source'
import { openJournal } from '@visavis/recordings/journal/journal-reader'
import type { OpenJournal } from '@visavis/recordings/journal/journal-reader'
import { JOURNAL_FILE, RESULT_FILE, recordingFolder } from '@visavis/recordings/recording-folders'
import { fileContext, openMessage } from '@visavis/platform/sealed/cobblestone'
import { expect } from 'vitest'
import type { Permission } from './recorder-process.ts'

type ResultTrack = RecordingResult['tracks'][number]

/** What a recorder made of one recording, read by whoever has its key. */
export type Recorded = {
  readonly result: RecordingResult
  readonly folder: string
  readonly track: (kind: MediaKind) => ResultTrack
  /** Opens a sealed file, checks it against its proof and gives its plain bytes. */
  readonly plain: (proof: FileProof) => Promise<Buffer>
  /** A track's master in clear, in a folder of the test's own. */
  readonly playable: (track: ResultTrack) => Promise<string>
}

/** Reads the result of a finished recording under `dataDir`; what is opened goes into `clearDir`. */
export async function readRecorded(
  { dataDir, clearDir }: { dataDir: string; clearDir: string },
  permission: Pick<Permission, 'recordingId' | 'visitId' | 'key'>,
): Promise<Recorded> {
  const { recordingId, key } = permission
  const folder = recordingFolder(dataDir, permission)
  const result = RecordingResult.parse(
    JSON.parse(await readFile(join(folder, RESULT_FILE), 'utf8')),
  )
  const plain = async (proof: FileProof): Promise<Buffer> => {
    const sealed = await readFile(join(folder, proof.file))
    expect([sealed.length, sha256(sealed)]).toEqual([proof.bytes, proof.sha256])
    const opened = openMessage(sealed, { key, context: fileContext(recordingId, proof.file) })
    expect([opened.length, sha256(opened)]).toEqual([proof.plainBytes, proof.plainSha256])
    return opened
  }
  return {
    result,
    folder,
    plain,
    track: (kind) =>
      result.tracks.find((track) => track.kind === kind) ?? expect.unreachable(`no ${kind}`),
    async playable({ trackId, master }) {
      const path = join(clearDir, `${recordingId}-${trackId}.webm`)
      await writeFile(path, await plain(master))
      return path
    },
  }
}

/** Opens the journal of a recording, finished or not, for as long as `use` takes. */
export function withJournal<Result>(
  dataDir: string,
  permission: Pick<Permission, 'recordingId' | 'visitId' | 'key'>,
  use: (journal: OpenJournal) => Result,
): Result {
  const source = openFileSource(join(recordingFolder(dataDir, permission), JOURNAL_FILE))
  try {
    return use(openJournal(source, permission.key) ?? expect.unreachable('no header'))
  } finally {
    source.close()
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
