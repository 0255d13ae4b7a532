import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventPayload } from '@visavis/contract/command'
import { SeatId } from '@visavis/contract/ids'
import type { recorderEvents } from '@visavis/contract/recorder-control'
import { sealKey } from '@visavis/contract/recording-key'
import { RecordingResult, recordingFolderOf } from '@visavis/contract/recording-result'
import { fileContext, openMessage } from '@visavis/platform/sealed/cobblestone'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { beeps, flashes } from './media-probe.ts'
import { GRANT_SECRET, aPermission, startRecorder } from './recorder-process.ts'
import type { Permission, RecorderProcess } from './recorder-process.ts'
import { makeClip, sendPaced } from './rtp-clip.ts'
import type { Clip } from './rtp-clip.ts'

const SEAT = SeatId.parse(randomUUID())
const SECONDS = 4
const NEAR_S = 0.04

let dataDir: string
let scratch: string
let recorder: RecorderProcess

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'visavis-derived-'))
  scratch = await mkdtemp(join(tmpdir(), 'visavis-derived-clear-'))
  recorder = await startRecorder(dataDir)
})

afterAll(async () => {
  await recorder.stop()
  await Promise.all([dataDir, scratch].map((path) => rm(path, { recursive: true, force: true })))
})

async function record(clip: Clip): Promise<{ permission: Permission; result: RecordingResult }> {
  const permission = await aPermission()
  const { recordingId, grant, sealedKey } = permission
  const { port } = await recorder.client.call('open', { grant, sealedKey })
  for (const { tap } of [clip.video, clip.audio]) {
    await recorder.client.call('describeTrack', { recordingId, track: { ...tap, seatId: SEAT } })
  }
  const all = [...clip.video.datagrams, ...clip.audio.datagrams]
  const sender = sendPaced(
    port,
    all.toSorted((one, other) => one.dueMs - other.dueMs),
  )
  const lastMs = Math.max(...all.map(({ dueMs }) => dueMs))
  await expect.poll(() => sender.sentMs(), { timeout: 60_000 }).toBe(lastMs)
  await recorder.client.call('close', { recordingId })
  await recorder.becomes('FINISHED', permission)
  sender.stop()
  const path = join(dataDir, recordingFolderOf(permission), 'result.json')
  return { permission, result: RecordingResult.parse(JSON.parse(await readFile(path, 'utf8'))) }
}

it('[RC-4] what was sent to the recorder is in the copy that it makes, picture and sound at the same second', async () => {
  const clip = await makeClip(scratch, SECONDS)
  const { permission, result } = await record(clip)
  const { recordingId, visitId, sealedKey } = permission
  const derivativeId = randomUUID()
  const key = new Uint8Array(randomBytes(32))
  const made = new Promise<EventPayload<typeof recorderEvents, 'derivative:made'>>((resolve) => {
    recorder.client.on('derivative:made', resolve)
  })
  await recorder.client.call('derive', {
    job: {
      ...{ derivativeId, visitId, kind: 'REVIEW_COPY', timeZone: 'UTC', fromMs: 0 },
      from: [{ recordingId, sealedKey, offsetMs: 0 }],
      // A cell of its own for the sound would make a flash half as bright.
      seatIds: [SEAT],
      ...{ zeroAt: result.originAt, toMs: result.lastMs },
      sealedKey: await sealKey(key, { secret: GRANT_SECRET, objectId: derivativeId }),
    },
  })
  const { proof, roots } = await made
  expect(roots).toEqual([result.journal.root])
  const sealed = await readFile(join(dataDir, visitId, 'derived', proof.file))
  const path = join(scratch, 'copy.mp4')
  const context = fileContext(derivativeId, proof.file)
  await writeFile(path, openMessage(sealed, { key, context }))

  const startS = (kind: string) =>
    (result.tracks.find((track) => track.kind === kind)?.startMs ?? Number.NaN) / 1_000
  // The first flash and beep are the very beginning.
  const shown = (await flashes(path)).slice(-(SECONDS - 1))
  const heard = (await beeps(path)).slice(0, -1).slice(-(SECONDS - 1))
  for (let second = 1; second < SECONDS; second += 1) {
    expect(Math.abs((shown[second - 1] ?? Number.NaN) - startS('video') - second)).toBeLessThan(
      NEAR_S,
    )
    expect(Math.abs((heard[second - 1] ?? Number.NaN) - startS('audio') - second)).toBeLessThan(
      NEAR_S,
    )
  }
})
