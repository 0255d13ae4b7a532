import { execFile, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { DerivativeJob } from '@visavis/contract/recorder-control'
import { createFolderStore } from '@visavis/platform/object-store/index'
import { createDeriver } from '@visavis/recordings/derive/deriver'
import type { Deriver } from '@visavis/recordings/derive/deriver'
import { findFfmpeg } from '@visavis/recordings/derive/ffmpeg'
import type { Ffmpeg } from '@visavis/recordings/derive/ffmpeg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { treeOf } from '../support/process-tree.ts'
import { until } from '../support/until.ts'
import { beeps, decodeErrors, probeDuration } from './media-probe.ts'
import { colour, isBlack, isBlue, isWhite, unlikeness } from './copy-look.ts'
import { sealVisit } from './sealed-visit.ts'
import type { MadeRecording, MadeTrack, SealedVisit } from './sealed-visit.ts'

const run = promisify(execFile)
const VISITOR = randomUUID()
const INMATE = randomUUID()
const FRAME_MS = 40
/** Where a flash or a beep may be: the promised 40 ms. */
const NEAR_S = 0.04

let folder: string
let root: string
let scratch: string
let visit: SealedVisit
const derivers: Deriver[] = []

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
async function turning(): Promise<string[]> {
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

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-derive-'))
  root = join(folder, 'store')
  scratch = await mkdtemp(join(tmpdir(), 'visavis-derive-clear-'))
  const track = (facts: Omit<MadeTrack, 'durationMs'>, seconds: number): MadeTrack => ({
    ...facts,
    durationMs: seconds * 1000,
  })
  const first: MadeRecording = {
    offsetMs: 0,
    tracks: [
      track({ seatId: VISITOR, kind: 'video', startMs: 500, source: flashing(2, 5) }, 5),
      track({ seatId: VISITOR, kind: 'audio', startMs: 460, source: beeping(2.04, 5) }, 5),
      track({ seatId: INMATE, kind: 'video', startMs: 0, source: await turning() }, 6),
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
  visit = await sealVisit({ root, scratch }, [first, second])
})

afterEach(async () => {
  for (const deriver of derivers.splice(0)) await deriver.stop()
})

afterAll(async () => {
  await Promise.all([folder, scratch].map((path) => rm(path, { recursive: true, force: true })))
})

function aDeriver(
  find: () => Promise<Ffmpeg | null> = () => findFfmpeg(),
  onProgress: (derivativeId: string, share: number) => void = () => undefined,
): Deriver {
  const store = createFolderStore(root)
  const deriver = createDeriver({ workDir: root, store, findFfmpeg: find, onProgress })
  derivers.push(deriver)
  return deriver
}

async function copyOf(job: DerivativeJob) {
  const made = await aDeriver().make(job, visit.keys)
  return { made, path: await visit.openCopy(made, job.derivativeId) }
}

const frameAt = (ms: number) => Math.round(ms / FRAME_MS)

describe('a review copy', () => {
  it('[RC-4] shows both sides at the right second over two recordings, and black where there is none', async () => {
    const job = visit.job({ toMs: 12_000, parties: ['VISITOR', 'INMATE'] })
    const { made, path } = await copyOf(job)
    expect(await decodeErrors(path)).toBe('')
    expect(await probeDuration(path)).toBeCloseTo(12, 1)
    // The visitor's flashes, 2 s into a track that begins at 0.5 s, and 1 s into the second recording.
    for (const flashMs of [2_500, 9_000]) {
      expect(isBlack(await colour(path, frameAt(flashMs) - 2, 0))).toBe(true)
      expect(isWhite(await colour(path, frameAt(flashMs) + 1, 0))).toBe(true)
      expect(isWhite(await colour(path, frameAt(flashMs) + 3, 0))).toBe(true)
      expect(isBlack(await colour(path, frameAt(flashMs) + 6, 0))).toBe(true)
    }
    // The end of the file counts as one, too.
    const heard = (await beeps(path)).slice(0, -1)
    expect(heard).toHaveLength(3)
    for (const [at, second] of [2.5, 9, 11].entries()) {
      expect(Math.abs((heard[at] ?? 0) - second)).toBeLessThan(NEAR_S)
    }
    // Whatever size the inmate's pictures have; nothing after them.
    for (const ms of [200, 1_900, 2_200, 3_900, 4_200, 5_900]) {
      expect(isBlue(await colour(path, frameAt(ms), 1))).toBe(true)
    }
    for (const ms of [6_100, 7_500, 9_500, 11_900]) {
      expect(isBlack(await colour(path, frameAt(ms), 1))).toBe(true)
    }
    expect(made.roots).toHaveLength(2)
    expect(made.tool).toMatch(/^ffmpeg \d/)
  })

  it('[RC-4] has the facility’s clock, the visit and the word that it is no original written into it', async () => {
    const job = visit.job({ toMs: 12_000 })
    const { path } = await copyOf(job)
    // It begins at 0.3 s past the second.
    for (const [ms, clock] of [
      [0, '2026-11-22 22:00:00'],
      [660, '2026-11-22 22:00:00'],
      [720, '2026-11-22 22:00:01'],
      [11_900, '2026-11-22 22:00:12'],
    ] as const) {
      const lines = [
        `${clock} UTC+07:00 Asia/Krasnoyarsk`,
        `Visit · Свидание ${job.visitId}`,
        'Review copy, not the original · Копия для просмотра, не оригинал',
      ]
      const likeness = await unlikeness(path, frameAt(ms), lines)
      const other = lines.with(
        0,
        (lines[0] ?? '').replace(/\d (?=UTC)/, (digit) => `${9 - Number(digit)} `),
      )
      expect(await unlikeness(path, frameAt(ms), other)).toBeGreaterThan(likeness * 1.05)
      expect(likeness).toBeLessThan(3)
    }
  })

  it('[RC-2] touches no disk in clear, is proved as it lies there, and opens with its own key alone', async () => {
    const job = visit.job({ toMs: 12_000 })
    const { made, path } = await copyOf(job)
    const sealed = await readFile(join(root, visit.visitId, 'derived', made.proof.file))
    const plain = await readFile(path)
    expect([made.proof.bytes, made.proof.plainBytes]).toEqual([sealed.length, plain.length])
    expect(plain.subarray(4, 8).toString('latin1')).toBe('ftyp')
    for (const file of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const bytes = await readFile(join(file.parentPath, file.name))
      expect(bytes.includes('ftyp') || bytes.includes(Buffer.from('1a45dfa3', 'hex'))).toBe(false)
    }
    const again = { ...visit.keys, derivative: new Uint8Array(32) }
    await expect(visit.openCopy({ ...made }, randomUUID())).rejects.toThrow('another key or use')
    // Made anew, as after a lost answer, it takes the first one's place.
    const remade = await aDeriver().make(job, again)
    expect(remade.argumentsSha256).toBe(made.argumentsSha256)
    expect(remade.proof.file).toBe(made.proof.file)
  })
})

describe('a clip', () => {
  it('[RC-4] is from its first frame to its last what was asked for', async () => {
    const job = visit.job({ kind: 'CLIP', fromMs: 2_500, toMs: 3_500 })
    const { path } = await copyOf(job)
    const { stdout } = await run('ffprobe', [
      ...['-v', 'error', '-count_frames', '-select_streams', 'v', '-of', 'csv=p=0'],
      ...['-show_entries', 'stream=nb_read_frames', path],
    ])
    expect(Number(stdout)).toBe(25)
    for (const white of [0, 4]) expect(isWhite(await colour(path, white, 0))).toBe(true)
    for (const black of [5, 24]) expect(isBlack(await colour(path, black, 0))).toBe(true)
    expect(isBlue(await colour(path, 0, 1))).toBe(true)
  })

  it('[RC-4] may begin and end where nothing was recorded', async () => {
    const { path } = await copyOf(visit.job({ kind: 'CLIP', fromMs: 7_000, toMs: 9_100 }))
    expect(isWhite(await colour(path, frameAt(2_040), 0))).toBe(true)
    const inGap = await copyOf(visit.job({ kind: 'CLIP', fromMs: 6_500, toMs: 7_500 }))
    expect(await probeDuration(inGap.path)).toBeCloseTo(1, 1)
    expect(isBlack(await colour(inGap.path, 10, 0))).toBe(true)
  })
})

describe('another ffmpeg', () => {
  const withOther = (change: Partial<Ffmpeg>) => async () => {
    const found = await findFfmpeg()
    return found && { ...found, ...change }
  }
  const job = () => visit.job({ kind: 'CLIP', fromMs: 2_500, toMs: 3_500 })

  it('[RC-4] without H.264 makes a WebM, as exact', async () => {
    const asked = job()
    const made = await aDeriver(withOther({ hasH264: false })).make(asked, visit.keys)
    expect(made.proof.file).toBe(`${asked.derivativeId}.webm.sealed`)
    const path = await visit.openCopy(made, asked.derivativeId)
    expect(await decodeErrors(path)).toBe('')
    expect(await probeDuration(path)).toBeCloseTo(1, 1)
    expect(isWhite(await colour(path, 2, 0))).toBe(true)
    expect(isBlack(await colour(path, 8, 0))).toBe(true)
  })

  it('[RC-4] that cannot write into pictures makes no copy without its marks; nor does none', async () => {
    const mute = aDeriver(withOther({ canWriteText: false })).make(job(), visit.keys)
    await expect(mute).rejects.toThrow('cannot write into pictures')
    const none = aDeriver(() => Promise.resolve(null)).make(job(), visit.keys)
    await expect(none).rejects.toThrow('no ffmpeg')
  })
})

describe('a job', () => {
  it('tells how far it is, is the same job when it is asked for again, and ends with its deriver', async () => {
    const told: number[] = []
    const deriver = aDeriver(undefined, (_, share) => told.push(share))
    const job = visit.job({ toMs: 12_000 })
    const [one, other] = [deriver.make(job, visit.keys), deriver.make(job, visit.keys)]
    expect(await one).toBe(await other)
    expect(told.length).toBeGreaterThan(0)
    expect(told.every((share) => share >= 0 && share <= 1_000)).toBe(true)
    const begun = deriver.make(visit.job({ toMs: 12_000 }), visit.keys)
    const waiting = deriver.make(visit.job({ toMs: 12_000 }), visit.keys)
    const ends = Promise.allSettled([begun, waiting])
    await deriver.stop()
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await leftOvers()).toEqual([])
  })

  it('leaves no ffmpeg behind when its process is killed', async () => {
    const child = fork(join(import.meta.dirname, 'derive-process.ts'), {
      serialization: 'advanced',
    })
    // An hour, so that it would go on for minutes.
    const job = visit.job({ toMs: 3_600_000 })
    child.send({ root, job, keys: visit.keys })
    await once(child, 'message')
    const pids = (await treeOf(child.pid ?? 0)).slice(1)
    expect(pids).toHaveLength(1)
    const [ffmpeg = 0] = pids
    expect(await niceOf(ffmpeg)).toBe(19)
    child.kill('SIGKILL')
    await until(async () => ((await niceOf(ffmpeg)) === null ? true : null), 'ffmpeg to end')
    await rm(join(root, visit.visitId, 'derived'), { recursive: true })
  })

  it('[RC-4] of a damaged master makes no copy and names the place', async () => {
    const key = [...visit.keys.recordings.keys()][0] ?? expect.unreachable('no recording')
    const files = await readdir(join(root, visit.visitId, key))
    const file = files.find((name) => name.endsWith('.webm.sealed')) ?? expect.unreachable('none')
    const path = join(root, visit.visitId, key, file)
    const whole = await readFile(path)
    const damaged = Buffer.from(whole)
    const at = Math.floor(damaged.length / 2)
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at)
    await writeFile(path, damaged)
    try {
      await expect(aDeriver().make(visit.job({ toMs: 12_000 }), visit.keys)).rejects.toThrow(
        /damaged \(bytes/,
      )
      expect(await leftOvers()).toEqual([])
    } finally {
      await writeFile(path, whole)
    }
  })
})

/** A process's priority; null for none that lives. */
async function niceOf(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // State and nice of proc(5); one that nobody has waited for yet is dead all the same.
  return stat === '' || fields[0] === 'Z' ? null : Number(fields[16])
}

async function leftOvers(): Promise<string[]> {
  return (await readdir(join(root, visit.visitId, 'derived')).catch(() => [])).filter((name) =>
    name.endsWith('.part'),
  )
}
