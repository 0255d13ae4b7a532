import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { signGrant } from '@visavis/contract/grant'
import { RecordingGrant } from '@visavis/contract/grant'
import { recorderCommands, recorderEvents } from '@visavis/contract/recorder-control'
import type { RecordingInfo } from '@visavis/contract/recorder-control'
import { connectControl } from '@visavis/platform/control-client'
import { expect } from 'vitest'

const CONTROL_SECRET = 'c'.repeat(32)
export const GRANT_SECRET = 'g'.repeat(32)
const MAIN = fileURLToPath(import.meta.resolve('@visavis/recordings/main'))
const GRANT_LASTS_MS = 60_000

/** A real recorder process and a connection to it. */
export type RecorderProcess = {
  readonly child: ChildProcess
  readonly url: string
  readonly client: Awaited<ReturnType<typeof connectTo>>
  readonly info: (recordingId: string) => Promise<RecordingInfo | undefined>
  /** The recording once its files are made. */
  readonly finished: (recordingId: string) => Promise<RecordingInfo>
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** Starts a recorder on `dataDir`; `maxFileBytes` makes its disk "full" for each larger file. */
export async function startRecorder(
  dataDir: string,
  { maxFileBytes }: { maxFileBytes?: number } = {},
): Promise<RecorderProcess> {
  const command = maxFileBytes === undefined ? [] : ['prlimit', `--fsize=${maxFileBytes}`]
  const child = spawn('env', [...command, process.execPath, MAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      CONTROL_SECRET,
      GRANT_SECRET,
      RECORDER_CONTROL_PORT: '0',
      RECORDINGS_DIR: dataDir,
      LOG_LEVEL: 'info',
    },
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const url = `http://127.0.0.1:${await controlPort(child)}`
  const client = await connectTo(url)
  const info = async (recordingId: string) => {
    const { recordings } = await client.call('describe', {})
    const found = recordings.find((recording) => recording.recordingId === recordingId)
    return found as RecordingInfo | undefined
  }
  return {
    child,
    url,
    client,
    info,
    async finished(recordingId) {
      await expect
        .poll(async () => (await info(recordingId))?.state, { timeout: 20_000 })
        .toBe('FINISHED')
      return (await info(recordingId)) as RecordingInfo
    },
    async stop(signal = 'SIGTERM') {
      client.close()
      child.kill(signal)
      return exited
    },
  }
}

async function controlPort(child: ChildProcess): Promise<number> {
  if (!child.stdout) return expect.unreachable('the recorder has no output')
  for await (const line of createInterface(child.stdout)) {
    const entry = JSON.parse(line) as { msg?: string; port?: number }
    if (entry.msg === 'recorder ready' && entry.port) {
      child.stdout.resume()
      return entry.port
    }
  }
  return expect.unreachable('the recorder did not start')
}

async function connectTo(url: string) {
  const client = connectControl({
    url,
    secret: CONTROL_SECRET,
    commands: recorderCommands,
    events: recorderEvents,
    code: 'RECORDER_UNAVAILABLE',
  })
  await new Promise<void>((resolve) => client.onConnected(resolve))
  return client
}

/** A permission to record, valid for a minute unless told otherwise. */
export async function aGrant(
  overrides: { expiresAt?: string; secret?: string } = {},
): Promise<{ grant: string; recordingId: string; visitId: string }> {
  const { secret = GRANT_SECRET, expiresAt } = overrides
  const content = RecordingGrant.parse({
    recordingId: randomUUID(),
    visitId: randomUUID(),
    epoch: 1,
    visitClass: 'social',
    expiresAt: expiresAt ?? new Date(Date.now() + GRANT_LASTS_MS).toISOString(),
  })
  return { ...content, grant: await signGrant(content, secret) }
}
