import { createHash } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { Fault, panic } from '@visavis/contract/errors'
import type { DerivativeJob } from '@visavis/contract/recorder-control'
import { RESULT_FILE, RecordingResult, recordingFolderOf } from '@visavis/contract/recording-result'
import type { FileProof } from '@visavis/contract/recording-result'
import type { ObjectStore } from '@visavis/platform/object-store/object-store'
import { partName } from '@visavis/platform/object-store/durable'
import { fileContext } from '@visavis/platform/sealed/cobblestone'
import type { SealingKey } from '@visavis/platform/sealed/cobblestone'
import { openSealedFile } from '@visavis/platform/sealed/sealed-file'
import type { SealedFile } from '@visavis/platform/sealed/sealed-file'
import { createSealingTarget } from '@visavis/platform/sealed/sealing-target'
import { keepSealedFile } from '../finish/keep-files.ts'
import { copyFilter, inputsOf } from './copy-filter-rules.ts'
import { H264_COPY, VP8_COPY, writeCopy } from './copy-output.ts'
import type { CopyFormat } from './copy-output.ts'
import { planCopy } from './copy-plan.ts'
import type { CopiedRecording, CopyPlan } from './copy-plan.ts'
import { pipeOf, startFfmpeg } from './ffmpeg.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { packetsOfPieces } from './master-packets.ts'
import type { OpenMaster } from './master-packets.ts'
import { feedWebm } from './webm-feed.ts'

/** The keys of one job, opened; 32 bytes each. They are only read, and the deriver keeps none after the job. */
export type DerivativeKeys = {
  /** The copy's own. */
  readonly derivative: Uint8Array<ArrayBuffer>
  /** Of what it is made from, by recording id. */
  readonly recordings: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

/** A copy that lies in the object store, as `derivative:made` tells it. */
export type MadeDerivative = {
  /** `<derivativeId>.mp4.sealed` (or `.webm.sealed`) in the visit's folder `derived/`. */
  readonly proof: FileProof
  /** Name and version. */
  readonly tool: string
  /** Of the JSON of what it was called with. */
  readonly argumentsSha256: string
  /** Journal roots of the recordings, in their order. */
  readonly roots: readonly string[]
}

/** What one job works with. */
export type CopyKit = {
  readonly job: DerivativeJob
  readonly keys: DerivativeKeys
  readonly ffmpeg: Ffmpeg
  readonly store: ObjectStore
  readonly workDir: string
  /** Kills the job. */
  readonly signal: AbortSignal
  /** How far it is, in milliseconds of the copy. */
  readonly onTime: (ms: number) => void
}

/** Opus that is taken from WebRTC is decoded to both channels, whether it uses them or not. */
const CHANNELS = 2
const FIRST_INPUT = 3

/**
 * Makes one copy: from the sealed masters through pipes to ffmpeg, and from it, sealed, into the object store.
 * What an earlier try left is replaced. Throws a Fault.
 */
export async function makeCopy(kit: CopyKit): Promise<MadeDerivative> {
  const { job, ffmpeg, store } = kit
  if (!ffmpeg.canWriteText) throw new Fault('this ffmpeg cannot write into pictures')
  const recordings = await Promise.all(job.from.map((from) => readResult(from, kit)))
  const plan = planCopy(job, recordings)
  const format = ffmpeg.hasH264 ? H264_COPY : VP8_COPY
  const args = argumentsOf(plan, job, format)
  const file = `${job.derivativeId}.${format.extension}.sealed`
  const part = partName(join(kit.workDir, job.visitId, 'derived', file))
  const sealing = { key: kit.keys.derivative, context: fileContext(job.derivativeId, file) }
  try {
    await sealCopy(kit, { plan, args, format, sealing, part })
    const objectKey = `${job.visitId}/derived/${file}`
    return {
      proof: await keepSealedFile(store, { file, path: part, objectKey }, sealing),
      tool: `ffmpeg ${ffmpeg.version}`,
      argumentsSha256: createHash('sha256').update(JSON.stringify(args)).digest('hex'),
      roots: recordings.map(({ result }) => result.journal.root),
    }
  } finally {
    await rm(part, { force: true })
  }
}

async function readResult(
  { recordingId, offsetMs }: DerivativeJob['from'][number],
  { store, job }: CopyKit,
): Promise<CopiedRecording> {
  const key = `${recordingFolderOf({ visitId: job.visitId, recordingId })}/${RESULT_FILE}`
  const size = await store.sizeOf(key)
  if (size === null) throw new Fault('a recording of this copy is not there')
  const text = (await store.readAt(key, 0, size - 1)).toString('utf8')
  return { result: RecordingResult.parse(JSON.parse(text)), offsetMs }
}

function argumentsOf(plan: CopyPlan, job: DerivativeJob, { encoders }: CopyFormat): string[] {
  const { visitId, kind, timeZone } = job
  const beginsAtMs = Date.parse(job.zeroAt) + job.fromMs
  // The filters fit pictures of any size themselves; to build them anew would begin them at 0 again.
  const inputs = inputsOf(plan).flatMap((_, at) => [
    ...['-f', 'matroska', '-reinit_filter', '0', '-i', `pipe:${FIRST_INPUT + at}`],
  ])
  return [
    // Each packet has its place on one line of time already.
    '-copyts',
    ...inputs,
    ...['-filter_complex', copyFilter(plan, { visitId, kind, timeZone, beginsAtMs })],
    ...['-map', '[v]', '-map', '[a]', '-map_metadata', '-1', ...encoders],
    ...['-f', 'matroska', 'pipe:1'],
  ]
}

type Making = {
  readonly plan: CopyPlan
  readonly args: readonly string[]
  readonly format: CopyFormat
  readonly sealing: SealingKey
  /** Where it lies, sealed, until it is whole. */
  readonly part: string
}

async function sealCopy(kit: CopyKit, making: Making): Promise<void> {
  await mkdir(dirname(making.part), { recursive: true })
  const file = await open(making.part, 'w')
  try {
    const target = await createSealingTarget({ ...making.sealing, file })
    const { format } = making
    await runFfmpeg(kit, making, (from) => writeCopy(from, { format, target, onTime: kit.onTime }))
    await target.close()
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** Feeds and reads it at the same time. Throws what failed, when nothing of it goes on any more. */
async function runFfmpeg(
  kit: CopyKit,
  { plan, args }: Making,
  read: (from: Readable) => Promise<void>,
): Promise<void> {
  demandGoingOn(kit.signal)
  const inputs = inputsOf(plan)
  const { child, ended } = startFfmpeg(kit.ffmpeg, args, { inputs: inputs.length })
  const kill = (): void => void child.kill('SIGKILL')
  kit.signal.addEventListener('abort', kill)
  const pipes = inputs.map((_, at) => pipeOf(child, FIRST_INPUT + at))
  const reading = child.stdout ? read(child.stdout) : Promise.resolve()
  const feeding = feedAll(kit, inputs, pipes)
  try {
    await Promise.all([feeding, reading, ended])
  } catch (error) {
    kill()
    await Promise.allSettled([feeding, reading, ended])
    demandGoingOn(kit.signal)
    throw error
  } finally {
    kit.signal.removeEventListener('abort', kill)
  }
}

/** Throws when a master cannot be read; that ffmpeg takes no more, having enough or having failed, is told by its end. */
async function feedAll(
  kit: CopyKit,
  inputs: ReturnType<typeof inputsOf>,
  pipes: readonly Writable[],
): Promise<void> {
  const open = opener(kit)
  const faults: unknown[] = []
  const feeding = inputs.map(async ({ cell, kind }, at) => {
    const pieces = kind === 'video' ? cell.pictures : cell.sounds
    const packets = packetsOfPieces(pieces, { kind, fromMs: kit.job.fromMs, open })
    const to = pipes[at] ?? panic('an input has no pipe')
    const onFault = (fault: unknown): void => void faults.push(fault)
    await feedWebm(watched(packets, onFault), { kind, channels: CHANNELS, to }).catch(() => {
      to.destroy()
      if (faults.length > 0) throw faults[0]
    })
  })
  await Promise.all(feeding)
}

async function* watched<Item>(
  items: AsyncIterable<Item>,
  onFault: (fault: unknown) => void,
): AsyncGenerator<Item> {
  try {
    yield* items
  } catch (fault) {
    onFault(fault)
    throw fault
  }
}

function demandGoingOn({ aborted }: AbortSignal): void {
  if (aborted) throw new Fault('the copy was stopped')
}

/** Opens each master once, however many pieces it has. */
function opener({ job: { visitId }, keys, store }: CopyKit): OpenMaster {
  const opened = new Map<string, Promise<SealedFile>>()
  const openMaster: OpenMaster = async ({ recordingId, file }) => {
    const key = keys.recordings.get(recordingId)
    const object = `${recordingFolderOf({ visitId, recordingId })}/${file}`
    const sealedBytes = await store.sizeOf(object)
    if (!key || sealedBytes === null) throw new Fault('a master of this copy is not there')
    return openSealedFile({
      ...{ key, context: fileContext(recordingId, file), sealedBytes },
      readAt: (start, end) => store.readAt(object, start, end),
    })
  }
  return (piece) => {
    const known = opened.get(piece.file) ?? openMaster(piece)
    opened.set(piece.file, known)
    return known
  }
}
