import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { DerivativeJob } from '@visavis/contract/recorder-control'
import { createFolderStore } from '@visavis/platform/object-store/index'
import { createDeriver } from '@visavis/recordings/derive/deriver'
import type { Deriver } from '@visavis/recordings/derive/deriver'
import { findFfmpeg } from '@visavis/recordings/derive/ffmpeg'
import type { Ffmpeg } from '@visavis/recordings/derive/ffmpeg'
import { sealVisit } from './sealed-visit.ts'
import type { MadeRecording, MadeTrack } from './sealed-visit.ts'

const run = promisify(execFile)
const VISITOR = randomUUID()
const INMATE = randomUUID()
const FRAME_MS = 40

/** The number of a copy's frame at that time. */
export const frameAt = (ms: number): number => Math.round(ms / FRAME_MS)

/** A sealed visit of two recordings with flashes and beeps at known times, and what makes copies of it. */
export type DeriveScene = Awaited<ReturnType<typeof aDeriveScene>>

export async function aDeriveScene() {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-derive-'))
  const root = join(folder, 'store')
  const scratch = await mkdtemp(join(tmpdir(), 'visavis-derive-clear-'))
  const visit = await sealVisit({ root, scratch }, await twoRecordings(scratch))
  const own = derivers(root)
  return {
    root,
    visit,
    ...own,
    async copyOf(job: DerivativeJob) {
      const made = await own.aDeriver().make(job, visit.keys)
      return { made, path: await visit.openCopy(made, job.derivativeId) }
    },
    /** What is left of copies that were not made. */
    async leftOvers(): Promise<string[]> {
      const names = await readdir(join(root, visit.visitId, 'derived')).catch(() => [])
      return names.filter((name) => name.endsWith('.part'))
    },
    async close(): Promise<void> {
      const folders = [folder, scratch]
      await Promise.all(folders.map((path) => rm(path, { recursive: true, force: true })))
    },
  }
}

function derivers(root: string) {
  const made: Deriver[] = []
  return {
    aDeriver(
      find: () => Promise<Ffmpeg | null> = () => findFfmpeg(),
      onProgress: (derivativeId: string, share: number) => void = () => undefined,
    ): Deriver {
      const store = createFolderStore(root)
      const deriver = createDeriver({ workDir: root, store, findFfmpeg: find, onProgress })
      made.push(deriver)
      return deriver
    },
    /** To be called after each test. */
    async stopAll(): Promise<void> {
      for (const deriver of made.splice(0)) await deriver.stop()
    },
  }
}

async function twoRecordings(scratch: string): Promise<MadeRecording[]> {
  const track = (facts: Omit<MadeTrack, 'durationMs'>, seconds: number): MadeTrack => ({
    ...facts,
    durationMs: seconds * 1000,
  })
  const first: MadeRecording = {
    offsetMs: 0,
    tracks: [
      track({ seatId: VISITOR, kind: 'video', startMs: 500, source: flashing(2, 5) }, 5),
      track({ seatId: VISITOR, kind: 'audio', startMs: 460, source: beeping(2.04, 5) }, 5),
      track({ seatId: INMATE, kind: 'video', startMs: 0, source: await turning(scratch) }, 6),
    ],
  }
  const second: MadeRecording = {
    offsetMs: 8_000,
    tracks: [
      track({ seatId: VISITOR, kind: 'video', startMs: 0, source: flashing(1, 4) }, 4),
      track({ seatId: VISITOR, kind: 'audio', startMs: 0, source: beeping(1, 4) }, 4),
      track({ seatId: INMATE, kind: 'audio', startMs: 200, source: beeping(2.8, 3) }, 3),
    ],
  }
  return [first, second]
}

/** Black with a white flash of 0.2 s, `flashAtS` after its beginning; of one size or, every two seconds, another. */
const flashing = (flashAtS: number, seconds: number): string[] => [
  ...['-f', 'lavfi', '-i', `color=c=black:s=640x360:r=25:d=${seconds},noise=alls=10:allf=t`],
  ...['-vf', `drawbox=c=white:t=fill:enable='between(t,${flashAtS},${flashAtS + 0.199})'`],
]
const beeping = (beepAtS: number, seconds: number): string[] => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc='if(between(t,${beepAtS},${beepAtS + 0.2}),0.5*sin(2*PI*1000*t),0)':s=48000:d=${seconds}`,
]

/** Blue in three sizes, the last one upright, in one stream; each part begins with a key picture. */
async function turning(scratch: string): Promise<string[]> {
  const list: string[] = []
  for (const [at, size] of ['640x360', '320x180', '360x640'].entries()) {
    const path = join(scratch, `part-${at}.webm`)
    await run('ffmpeg', [
      ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `color=c=blue:s=${size}:r=25:d=2`],
      ...['-c:v', 'libvpx', '-deadline', 'realtime', '-b:v', '300k', path],
    ])
    list.push(`file '${path}'`)
  }
  const listFile = join(scratch, 'parts.txt')
  await writeFile(listFile, list.join('\n'))
  return ['-f', 'concat', '-safe', '0', '-i', listFile, '-c', 'copy']
}
