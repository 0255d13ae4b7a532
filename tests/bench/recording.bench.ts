import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { RecordingResult } from '@visavis/contract/recording-result'
import { cpuPctDuring } from '../support/process-cpu.ts'
import { readable } from '../support/statistics.ts'
import { startMediaLoad } from './media-load.ts'
import type { MediaLoad } from './media-load.ts'
import { openForwarder, startFfmpegCopies } from './recording-ffmpeg.ts'
import { measureFinish } from './recording-finish.ts'
import { permissionOf, startBenchRecorder } from './recording-process.ts'

/**
 * What recording costs, beside the same visits unrecorded and beside one ffmpeg for each participant that
 * copies the same RTP; then how long a visit's files take, and their check. See docs/benchmarks.md.
 */

/** Also until ffmpeg has seen enough of its streams to begin a file. */
const WARM_UP_MS = 8_000
const LINGER_MS = 500
const PCT = 100

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '20' },
    minutes: { type: 'string', default: '30' },
  },
})
const visits = Number(values.visits)
const seconds = Number(values.seconds)
const [loadBefore = 0] = loadavg()

/** Milliseconds of a processor for each second of one visit. */
type Costs = { readonly worker: number; readonly node: number; readonly keeper: number }

const folder = await mkdtemp(join(tmpdir(), 'visavis-bench-recording-'))
try {
  const live = await measureLive(folder)
  const finish = await measureFinish(join(folder, 'finish'), Number(values.minutes))
  console.log(JSON.stringify(summaryOf(live, finish)))
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function measureLive(root: string) {
  const load = await startMediaLoad()
  const recorder = await startBenchRecorder(join(root, 'data'), load.grantSecret)
  try {
    const visitIds = await load.open(visits)
    const unrecorded = await costs('unrecorded', load, [recorder.pid])
    const taps = await recorder.open(visitIds)
    await recorder.describe(await load.tap(taps))
    const recorded = await costs('recorded', load, [recorder.pid])
    await load.untap()
    await pause(LINGER_MS)
    const results = await recorder.finish()
    const copied = await measureCopies(join(root, 'copies'), load, visitIds)
    return { unrecorded, recorded, copied, results }
  } finally {
    await recorder.stop()
    await load.stop()
  }
}

async function measureCopies(copies: string, load: MediaLoad, visitIds: readonly string[]) {
  await mkdir(copies)
  const forwarders = new Map<string, Awaited<ReturnType<typeof openForwarder>>>()
  const taps = []
  for (const visitId of visitIds) {
    const forwarder = await openForwarder()
    forwarders.set(visitId, forwarder)
    const { grant } = await permissionOf(visitId, load.grantSecret)
    taps.push({ visitId, grant, address: '127.0.0.1', port: forwarder.port })
  }
  const tracks = await load.tap(taps)
  const fed = [...forwarders].map(([visitId, forwarder]) => ({
    forwarder,
    tracks: tracks.get(visitId) ?? [],
  }))
  const ffmpeg = await startFfmpegCopies(copies, fed)
  try {
    const cost = await costs('ffmpeg -c copy', load, ffmpeg.pids())
    // Held back until a cluster is whole, and so a little less than what has arrived.
    return { ...cost, bytes: await bytesIn(copies) }
  } finally {
    await ffmpeg.stop()
    for (const forwarder of forwarders.values()) forwarder.close()
  }
}

async function bytesIn(path: string): Promise<number> {
  const names = await readdir(path)
  const sizes = await Promise.all(names.map((name) => stat(join(path, name))))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}

async function costs(what: string, load: MediaLoad, keepers: readonly number[]): Promise<Costs> {
  await pause(WARM_UP_MS)
  const keeperPids = Object.fromEntries(keepers.map((pid, at) => [`keeper${at}`, pid]))
  const pct = await cpuPctDuring<string>({ ...load.pids(), ...keeperPids }, () =>
    pause(seconds * 1_000),
  )
  const { worker = 0, node = 0, ...others } = pct
  const keeper = Object.values(others).reduce((sum, one) => sum + one, 0)
  const perVisitSecond = (share: number): number => (share / PCT / visits) * 1_000
  const cost = {
    worker: perVisitSecond(worker),
    node: perVisitSecond(node),
    keeper: perVisitSecond(keeper),
  }
  const words = Object.entries(cost).map(([name, ms]) => `${name} ${readable(ms)} ms`)
  console.log(`${what}: ${words.join(', ')} of a core for each visit-second`)
  return cost
}

function summaryOf(
  live: Awaited<ReturnType<typeof measureLive>>,
  finish: Awaited<ReturnType<typeof measureFinish>>,
) {
  const { unrecorded, recorded, copied, results } = live
  const all = results.flatMap(({ tracks }) => tracks)
  const sum = (pick: (track: (typeof all)[number]) => number): number =>
    all.reduce((total, track) => total + pick(track), 0)
  const recordedS = results.reduce((total, { lastMs }) => total + lastMs / 1_000, 0)
  const ofJournals = (pick: (journal: RecordingResult['journal']) => number): number =>
    results.reduce((total, { journal }) => total + pick(journal), 0) / recordedS
  return {
    bench: 'recording',
    cpuRatioVsFfmpegCopy: readable(recorded.keeper / copied.keeper),
    lostPackets: sum(({ lostPackets }) => lostPackets),
    finishS: readable(finish.finishS),
    verifyMbPerS: readable(finish.verifyMbPerS),
    cpuMsPerVisitSecond: {
      unrecorded: inFigures(unrecorded),
      recorded: inFigures(recorded),
      ffmpegCopy: inFigures(copied),
    },
    packets: sum(({ packets }) => packets),
    writtenBytesPerVisitSecond: Math.round(ofJournals(({ bytes }) => bytes)),
    ffmpegCopyBytesPerVisitSecond: Math.round(
      copied.bytes / visits / (seconds + WARM_UP_MS / 1_000),
    ),
    // Each segment is one fdatasync.
    syncsPerVisitSecond: readable(ofJournals(({ segments }) => segments.length)),
    finish: {
      minutes: Number(values.minutes),
      tracks: finish.tracks,
      journalMb: Math.round(finish.journalBytes / 1_000_000),
      writtenFasterThanRealTime: true,
    },
    visits,
    seconds,
    loadBefore: readable(loadBefore),
  }
}

function inFigures({ worker, node, keeper }: Costs) {
  return { worker: readable(worker), node: readable(node), keeper: readable(keeper) }
}
