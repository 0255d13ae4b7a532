import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { DerivativeJob } from '@visavis/contract/recorder-control'
import { DerivativeJob as DerivativeJobShape } from '@visavis/contract/recorder-control'
import { recordingFolderOf } from '@visavis/contract/recording-result'
import type { RecordingResult } from '@visavis/contract/recording-result'
import { fileContext, openMessage, sealMessage } from '@visavis/platform/sealed/cobblestone'
import type { DerivativeKeys, MadeDerivative } from '@visavis/recordings/derive/deriver'

const run = promisify(execFile)
const ZERO_SHA256 = '0'.repeat(64)

/** A track of a recording as a test makes it: a WebM file of ffmpeg's and where it lies. */
export type MadeTrack = {
  readonly seatId: string
  readonly kind: 'video' | 'audio'
  readonly startMs: number
  readonly durationMs: number
  /** What ffmpeg is called with; its output is added. */
  readonly source: readonly string[]
  readonly holes?: readonly { readonly fromMs: number; readonly toMs: number }[]
}

export type MadeRecording = { readonly offsetMs: number; readonly tracks: readonly MadeTrack[] }

/** A visit's recordings, sealed in a folder store as a recorder leaves them, and their keys. */
export type SealedVisit = {
  readonly visitId: string
  readonly recordings: readonly { readonly recordingId: string; readonly offsetMs: number }[]
  readonly keys: DerivativeKeys
  /** A job on it; whatever matters is given. */
  readonly job: (facts: Partial<DerivativeJob> & Pick<DerivativeJob, 'toMs'>) => DerivativeJob
  /** The copy as it is in clear, beside the store. */
  readonly openCopy: (made: MadeDerivative, derivativeId: string) => Promise<string>
}

const KEY_BYTES = 32
const aKey = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(KEY_BYTES))

/** Makes and seals the files of a visit under `root`; clear files only beside it, in `scratch`. */
export async function sealVisit(
  { root, scratch }: { root: string; scratch: string },
  made: readonly MadeRecording[],
): Promise<SealedVisit> {
  const visitId = randomUUID()
  const recordingKeys = new Map<string, Uint8Array<ArrayBuffer>>()
  const recordings: { recordingId: string; offsetMs: number }[] = []
  for (const { offsetMs, tracks } of made) {
    const recordingId = randomUUID()
    const key = aKey()
    recordingKeys.set(recordingId, key)
    recordings.push({ recordingId, offsetMs })
    const folder = join(root, recordingFolderOf({ visitId, recordingId }))
    await mkdir(folder, { recursive: true })
    const sealed = []
    for (const track of tracks) {
      const trackId = randomUUID()
      const file = `${trackId}.webm.sealed`
      const plain = await clearFile(scratch, trackId, track)
      await writeFile(
        join(folder, file),
        sealMessage(plain, { key, context: fileContext(recordingId, file) }),
      )
      sealed.push(resultTrack(track, { trackId, file }))
    }
    const result = resultOf({ visitId, recordingId }, sealed)
    await writeFile(join(folder, 'result.json'), JSON.stringify(result))
  }
  const keys = { derivative: aKey(), recordings: recordingKeys }
  return {
    ...{ visitId, recordings, keys },
    job: (facts) => jobOn({ visitId, recordings, made }, facts),
    async openCopy({ proof }, derivativeId) {
      const sealed = await readFile(join(root, visitId, 'derived', proof.file))
      const context = fileContext(derivativeId, proof.file)
      const path = join(scratch, proof.file.replace('.sealed', ''))
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, openMessage(sealed, { key: keys.derivative, context }))
      return path
    },
  }
}

async function clearFile(scratch: string, name: string, track: MadeTrack): Promise<Buffer> {
  const path = join(scratch, `${name}.webm`)
  const codec =
    track.kind === 'video'
      ? ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '600k', '-g', '50']
      : ['-c:a', 'libopus', '-frame_duration', '20']
  const isMade = track.source.includes('copy')
  await run('ffmpeg', ['-v', 'error', '-y', ...track.source, ...(isMade ? [] : codec), path])
  return readFile(path)
}

const PROOF = { bytes: 0, sha256: ZERO_SHA256, blocks: [], plainBytes: 0 }

function resultTrack(
  { seatId, kind, startMs, durationMs, holes = [] }: MadeTrack,
  { trackId, file }: { trackId: string; file: string },
) {
  return {
    ...{ trackId, seatId, kind, startMs, durationMs, holes },
    ...{ mimeType: kind, packets: 0, lostPackets: 0, filledMs: 0 },
    master: { file, ...PROOF, plainSha256: ZERO_SHA256, plainBlocks: [] },
    ...{ thumbnails: null, waveform: null },
  }
}

function resultOf(
  ids: { visitId: string; recordingId: string },
  tracks: readonly ReturnType<typeof resultTrack>[],
): unknown {
  const ends = tracks.map(({ startMs, durationMs }) => startMs + durationMs)
  const journal = {
    ...{ file: 'journal.vvj', bytes: 0, cutBytes: 0, isClosed: true },
    ...{ headerSha256: ZERO_SHA256, segments: [], root: ZERO_SHA256 },
  }
  const at = new Date(0).toISOString()
  return {
    ...{ v: 1, ...ids, epoch: 1, grantSha256: ZERO_SHA256, openedAt: at, originAt: at },
    ...{ lastMs: Math.max(0, ...ends), anchors: [], journal, tracks, tools: [] },
  } satisfies Record<keyof RecordingResult, unknown>
}

function jobOn(
  visit: Pick<SealedVisit, 'visitId' | 'recordings'> & { made: readonly MadeRecording[] },
  facts: Partial<DerivativeJob> & Pick<DerivativeJob, 'toMs'>,
): DerivativeJob {
  const { visitId, recordings, made } = visit
  const seatIds = new Set(made.flatMap(({ tracks }) => tracks.map(({ seatId }) => seatId)))
  const sealedKey = 'x'.repeat(60)
  return DerivativeJobShape.parse({
    ...{ derivativeId: randomUUID(), visitId, kind: 'REVIEW_COPY', sealedKey },
    from: recordings.map((recording) => ({ ...recording, sealedKey })),
    seatIds: [...seatIds],
    ...{ zeroAt: '2026-11-22T15:00:00.300Z', fromMs: 0, timeZone: 'Asia/Krasnoyarsk' },
    ...facts,
  })
}
