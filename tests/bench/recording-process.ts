import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { RecordingGrant, signGrant } from '@visavis/contract/grant'
import type { TapTrack } from '@visavis/contract/media-control'
import { recorderCommands, recorderEvents } from '@visavis/contract/recorder-control'
import { sealKey } from '@visavis/contract/recording-key'
import { RESULT_FILE, RecordingResult, recordingFolderOf } from '@visavis/contract/recording-result'
import { connectControl } from '@visavis/platform/control-client'
import { readFile } from 'node:fs/promises'
import { freePorts } from '../support/ports.ts'
import { until } from '../support/until.ts'
import { startChild } from './child.ts'
import type { LoadTap } from './load-messages.ts'

/** A recorder of the bench's own. */
export type BenchRecorder = {
  readonly pid: number
  /** Opens a recording of each visit; what the taps need. */
  readonly open: (visitIds: readonly string[]) => Promise<readonly LoadTap[]>
  readonly describe: (tracks: ReadonlyMap<string, readonly TapTrack[]>) => Promise<void>
  /** Closes all, and gives their results once the files are made. */
  readonly finish: () => Promise<readonly RecordingResult[]>
  readonly stop: () => Promise<void>
}

const MAIN = join(import.meta.dirname, '../../recordings/src/main.ts')
const SECRET_BYTES = 32
const KEY_BYTES = 32
const HOUR_MS = 3_600_000
const LOOK_EVERY_MS = 200
/** Many recordings are finished one after the other. */
const PATIENCE_MS = 600_000

type Opened = { readonly recordingId: string; readonly visitId: string }

/** Starts a recorder that keeps everything under `dataDir`. */
export async function startBenchRecorder(
  dataDir: string,
  grantSecret: string,
): Promise<BenchRecorder> {
  const secret = randomBytes(SECRET_BYTES).toString('hex')
  const port = await freePorts(1)
  const child = startChild(MAIN, {
    ...{ CONTROL_SECRET: secret, GRANT_SECRET: grantSecret, LOG_LEVEL: 'warn' },
    ...{ RECORDER_CONTROL_PORT: String(port), RECORDINGS_DIR: dataDir },
  })
  const client = connectControl({
    ...{ url: `http://127.0.0.1:${port}`, secret, code: 'RECORDER_UNAVAILABLE' },
    ...{ commands: recorderCommands, events: recorderEvents },
  })
  await new Promise<void>((resolve) => client.onConnected(resolve))
  const opened: Opened[] = []
  const isFinished = async (): Promise<true | null> => {
    const { recordings } = await client.call('describe', {})
    await pause(LOOK_EVERY_MS)
    return recordings.every(({ state }) => state === 'FINISHED') ? true : null
  }
  return {
    pid: child.pid,
    async open(visitIds) {
      const taps: LoadTap[] = []
      for (const visitId of visitIds) {
        const { recordingId, grant, sealedKey } = await permissionOf(visitId, grantSecret)
        const { address, port: udpPort } = await client.call('open', { grant, sealedKey })
        opened.push({ recordingId, visitId })
        taps.push({ visitId, grant, address, port: udpPort })
      }
      return taps
    },
    async describe(tracks) {
      for (const { recordingId, visitId } of opened) {
        for (const track of tracks.get(visitId) ?? []) {
          await client.call('describeTrack', { recordingId, track })
        }
      }
    },
    async finish() {
      for (const { recordingId } of opened) await client.call('close', { recordingId })
      await until(isFinished, 'the files of all recordings', PATIENCE_MS)
      return Promise.all(opened.map((one) => resultOf(dataDir, one)))
    },
    async stop() {
      client.close()
      await child.close()
    },
  }
}

/** A grant for a recording of the visit's first epoch, and the recording's key. */
export async function permissionOf(visitId: string, secret: string) {
  const grant = RecordingGrant.parse({
    ...{ recordingId: randomUUID(), visitId, epoch: 1, visitClass: 'social' },
    expiresAt: new Date(Date.now() + HOUR_MS).toISOString(),
  })
  const key = new Uint8Array(randomBytes(KEY_BYTES))
  const { recordingId } = grant
  const sealedKey = await sealKey(key, { secret, objectId: recordingId })
  return { recordingId, sealedKey, key, grant: await signGrant(grant, secret) }
}

async function resultOf(dataDir: string, recording: Opened): Promise<RecordingResult> {
  const path = join(dataDir, recordingFolderOf(recording), RESULT_FILE)
  return RecordingResult.parse(JSON.parse(await readFile(path, 'utf8')))
}
