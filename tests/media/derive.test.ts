import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { beeps, decodeErrors, probeDuration } from './media-probe.ts'
import { colour, isBlack, isBlue, isWhite, unlikeness } from './copy-look.ts'
import { aDeriveScene, frameAt } from './derive-scene.ts'
import type { DeriveScene } from './derive-scene.ts'

const run = promisify(execFile)
/** Where a flash or a beep may be: the promised 40 ms. */
const NEAR_S = 0.04

let scene: DeriveScene
let visit: DeriveScene['visit']
beforeAll(async () => {
  scene = await aDeriveScene()
  visit = scene.visit
})
afterEach(() => scene.stopAll())
afterAll(() => scene.close())

describe('a review copy', () => {
  it('[RC-4] shows both sides at the right second over two recordings, and black where there is none', async () => {
    const job = visit.job({ toMs: 12_000, parties: ['VISITOR', 'INMATE'] })
    const { made, path } = await scene.copyOf(job)
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
    const { path } = await scene.copyOf(job)
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
    const { made, path } = await scene.copyOf(job)
    const sealed = await readFile(join(scene.root, visit.visitId, 'derived', made.proof.file))
    const plain = await readFile(path)
    expect([made.proof.bytes, made.proof.plainBytes]).toEqual([sealed.length, plain.length])
    expect(plain.subarray(4, 8).toString('latin1')).toBe('ftyp')
    for (const file of await readdir(scene.root, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const bytes = await readFile(join(file.parentPath, file.name))
      expect(bytes.includes('ftyp') || bytes.includes(Buffer.from('1a45dfa3', 'hex'))).toBe(false)
    }
    const again = { ...visit.keys, derivative: new Uint8Array(32) }
    await expect(visit.openCopy({ ...made }, randomUUID())).rejects.toThrow('another key or use')
    // Made anew, as after a lost answer, it takes the first one's place.
    const remade = await scene.aDeriver().make(job, again)
    expect(remade.argumentsSha256).toBe(made.argumentsSha256)
    expect(remade.proof.file).toBe(made.proof.file)
  })
})

describe('a clip', () => {
  it('[RC-4] is from its first frame to its last what was asked for', async () => {
    const job = visit.job({ kind: 'CLIP', fromMs: 2_500, toMs: 3_500 })
    const { path } = await scene.copyOf(job)
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
    const { path } = await scene.copyOf(visit.job({ kind: 'CLIP', fromMs: 7_000, toMs: 9_100 }))
    expect(isWhite(await colour(path, frameAt(2_040), 0))).toBe(true)
    const inGap = await scene.copyOf(visit.job({ kind: 'CLIP', fromMs: 6_500, toMs: 7_500 }))
    expect(await probeDuration(inGap.path)).toBeCloseTo(1, 1)
    expect(isBlack(await colour(inGap.path, 10, 0))).toBe(true)
  })
})
