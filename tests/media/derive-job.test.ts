import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findFfmpeg } from '@visavis/recordings/derive/ffmpeg'
import type { Ffmpeg } from '@visavis/recordings/derive/ffmpeg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { treeOf } from '../support/process-tree.ts'
import { until } from '../support/until.ts'
import { decodeErrors, probeDuration } from './media-probe.ts'
import { colour, isBlack, isWhite } from './copy-look.ts'
import { aDeriveScene } from './derive-scene.ts'
import type { DeriveScene } from './derive-scene.ts'

let scene: DeriveScene
let visit: DeriveScene['visit']
beforeAll(async () => {
  scene = await aDeriveScene()
  visit = scene.visit
})
afterEach(() => scene.stopAll())
afterAll(() => scene.close())

describe('another ffmpeg', () => {
  const withOther = (change: Partial<Ffmpeg>) => async () => {
    const found = await findFfmpeg()
    return found && { ...found, ...change }
  }
  const job = () => visit.job({ kind: 'CLIP', fromMs: 2_500, toMs: 3_500 })

  it('[RC-4] without H.264 makes a WebM, as exact', async () => {
    const asked = job()
    const made = await scene.aDeriver(withOther({ hasH264: false })).make(asked, visit.keys)
    expect(made.proof.file).toBe(`${asked.derivativeId}.webm.sealed`)
    const path = await visit.openCopy(made, asked.derivativeId)
    expect(await decodeErrors(path)).toBe('')
    expect(await probeDuration(path)).toBeCloseTo(1, 1)
    expect(isWhite(await colour(path, 2, 0))).toBe(true)
    expect(isBlack(await colour(path, 8, 0))).toBe(true)
  })

  it('[RC-4] that cannot write into pictures makes no copy without its marks; nor does none', async () => {
    const mute = scene.aDeriver(withOther({ canWriteText: false })).make(job(), visit.keys)
    await expect(mute).rejects.toThrow('cannot write into pictures')
    const none = scene.aDeriver(() => Promise.resolve(null)).make(job(), visit.keys)
    await expect(none).rejects.toThrow('no ffmpeg')
  })
})

describe('a job', () => {
  it('tells how far it is, is the same job when it is asked for again, and ends with its deriver', async () => {
    const told: number[] = []
    const deriver = scene.aDeriver(undefined, (_, share) => told.push(share))
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
    expect(await scene.leftOvers()).toEqual([])
  })

  it('leaves no ffmpeg behind when its process is killed', async () => {
    const child = fork(join(import.meta.dirname, 'derive-process.ts'), {
      serialization: 'advanced',
    })
    // An hour, so that it would go on for minutes.
    const job = visit.job({ toMs: 3_600_000 })
    child.send({ root: scene.root, job, keys: visit.keys })
    await once(child, 'message')
    const pids = (await treeOf(child.pid ?? 0)).slice(1)
    expect(pids).toHaveLength(1)
    const [ffmpeg = 0] = pids
    expect(await niceOf(ffmpeg)).toBe(19)
    child.kill('SIGKILL')
    await until(async () => ((await niceOf(ffmpeg)) === null ? true : null), 'ffmpeg to end')
    await rm(join(scene.root, visit.visitId, 'derived'), { recursive: true })
  })

  it('[RC-4] of a damaged master makes no copy and names the place', async () => {
    const key = [...visit.keys.recordings.keys()][0] ?? expect.unreachable('no recording')
    const files = await readdir(join(scene.root, visit.visitId, key))
    const file = files.find((name) => name.endsWith('.webm.sealed')) ?? expect.unreachable('none')
    const path = join(scene.root, visit.visitId, key, file)
    const whole = await readFile(path)
    const damaged = Buffer.from(whole)
    const at = Math.floor(damaged.length / 2)
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at)
    await writeFile(path, damaged)
    try {
      await expect(scene.aDeriver().make(visit.job({ toMs: 12_000 }), visit.keys)).rejects.toThrow(
        /damaged \(bytes/,
      )
      expect(await scene.leftOvers()).toEqual([])
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
