import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { readRecorded } from './recorded-files.ts'
import type { Recorded } from './recorded-files.ts'
import { aPermission, startRecorder } from './recorder-process.ts'
import type { Permission, RecorderProcess, RecorderSurroundings } from './recorder-process.ts'
import { makeClip } from './rtp-clip.ts'
import type { Clip } from './rtp-clip.ts'

/** A recording that is open, and where its RTP goes. */
export type OpenRecording = Permission & { readonly port: number }

/** Recorders for a file of tests, on one data folder; all are killed after each test. */
export type RecorderScene = {
  /** The recorders' own: nothing else writes there. */
  readonly dataDir: () => string
  /** For clips, and for what tests open. */
  readonly clearDir: () => string
  /** A clip of so many seconds; made once. */
  readonly clip: (seconds: number) => Promise<Clip>
  readonly aRecorder: (surroundings?: RecorderSurroundings) => Promise<RecorderProcess>
  /** Opens a recording and describes the clip's tracks. */
  readonly open: (recorder: RecorderProcess, clip: Clip) => Promise<OpenRecording>
  /** Closes it and reads what became of it. */
  readonly close: (recorder: RecorderProcess, permission: Permission) => Promise<Recorded>
  /** Brings the key of one that is LEFT or FAILED and reads what became of it. */
  readonly bringKey: (recorder: RecorderProcess, permission: Permission) => Promise<Recorded>
}

export function useRecorders(): RecorderScene {
  let dataDir = ''
  let clearDir = ''
  const running: RecorderProcess[] = []
  const clips = new Map<number, Promise<Clip>>()
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'recorder-'))
    clearDir = await mkdtemp(join(tmpdir(), 'recorder-clear-'))
  })
  afterEach(async () => {
    await Promise.all(running.splice(0).map((recorder) => recorder.stop('SIGKILL')))
  })
  afterAll(async () => {
    for (const folder of [dataDir, clearDir]) await rm(folder, { recursive: true, force: true })
  })
  const finished = async (recorder: RecorderProcess, permission: Permission) => {
    await recorder.becomes('FINISHED', permission)
    return readRecorded({ dataDir, clearDir }, permission)
  }
  return {
    dataDir: () => dataDir,
    clearDir: () => clearDir,
    clip(seconds) {
      const clip = clips.get(seconds) ?? makeClip(clearDir, seconds)
      clips.set(seconds, clip)
      return clip
    },
    async aRecorder(surroundings) {
      const recorder = await startRecorder(dataDir, surroundings)
      running.push(recorder)
      return recorder
    },
    async open(recorder, clip) {
      const permission = await aPermission()
      const { recordingId, grant, sealedKey } = permission
      const { port } = await recorder.client.call('open', { grant, sealedKey })
      for (const { tap } of [clip.video, clip.audio]) {
        await recorder.client.call('describeTrack', { recordingId, track: tap })
      }
      return { ...permission, port }
    },
    async close(recorder, permission) {
      await recorder.client.call('close', { recordingId: permission.recordingId })
      return finished(recorder, permission)
    },
    async bringKey(recorder, permission) {
      const { recordingId, sealedKey } = permission
      await recorder.client.call('finish', { recordingId, sealedKey })
      return finished(recorder, permission)
    },
  }
}
