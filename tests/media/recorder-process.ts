import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { RecordingGrant, signGrant } from '@visavis/contract/grant'
import { recorderCommands, recorderEvents } from '@visavis/contract/recorder-control'
import type { RecordingInfo } from '@visavis/contract/recorder-control'
import { sealKey } from '@visavis/contract/recording-key'
import { connectControl } from '@visavis/platform/control-client'
import { expect } from 'vitest'

const CONTROL_SECRET = 'c'.repeat(32)
export const GRANT_SECRET = 'g'.repeat(32)
const MAIN = fileURLToPath(import.meta.resolve('@visavis/recordings/main'))
const GRANT_LASTS_MS = 24 * 60 * 60 * 1000
/** Also for a machine that is busy with something else. */
const PATIENCE = { timeout: 60_000 }

/** A recording that may be made, and its key. */
export type Permission = {
  readonly recordingId: RecordingGrant['recordingId']
  readonly visitId: RecordingGrant['visitId']
  readonly grant: string
  readonly key: Uint8Array<ArrayBuffer>
  /** The key on its way to the recorder. */
  readonly sealedKey: string
}

/** A real recorder process and a connection to it. */
export type RecorderProcess = {
  readonly child: ChildProcess
  /** Of the recorder itself, whatever it was started through. */
  readonly pid: number
  readonly url: string
  readonly client: Awaited<ReturnType<typeof connectTo>>
  readonly info: (recordingId: string) => Promise<RecordingInfo | undefined>
  /** The recording once it is in that state. */
  readonly becomes: (
    state: RecordingInfo['state'],
    permission: Pick<Permission, 'recordingId'>,
  ) => Promise<RecordingInfo>
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

export type RecorderSurroundings = {
  /** Makes its disk "full" for each larger file. */
  readonly maxFileBytes?: number
  readonly env?: Readonly<Record<string, string>>
  /** For the Node that runs it. */
  readonly nodeOptions?: readonly string[]
}

/** Starts a recorder on `dataDir`. */
export async function startRecorder(
  dataDir: string,
  { maxFileBytes, env = {}, nodeOptions = [] }: RecorderSurroundings = {},
): Promise<RecorderProcess> {
  const limits = maxFileBytes === undefined ? [] : ['prlimit', `--fsize=${maxFileBytes}`]
  const child = spawn('env', [...limits, process.execPath, ...nodeOptions, MAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...(process.env['PATH'] ? { PATH: process.env['PATH'] } : {}),
      CONTROL_SECRET,
      GRANT_SECRET,
      RECORDER_CONTROL_PORT: '0',
      RECORDINGS_DIR: dataDir,
      LOG_LEVEL: 'info',
      ...env,
    },
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const { port, pid } = await readyOf(child)
  const url = `http://127.0.0.1:${port}`
  const client = await connectTo(url)
  const info = async (recordingId: string) => {
    const { recordings } = await client.call('describe', {})
    const found = recordings.find((recording) => recording.recordingId === recordingId)
    return found as RecordingInfo | undefined
  }
  return {
    child,
    pid,
    url,
    client,
    info,
    async becomes(state, { recordingId }) {
      await expect.poll(async () => (await info(recordingId))?.state, PATIENCE).toBe(state)
      return (await info(recordingId)) ?? expect.unreachable('it is forgotten')
    },
    async stop(signal = 'SIGTERM') {
      client.close()
      child.kill(signal)
      return exited
    },
  }
}

async function readyOf(child: ChildProcess): Promise<{ port: number; pid: number }> {
  if (!child.stdout) return expect.unreachable('the recorder has no output')
  for await (const line of createInterface(child.stdout)) {
    const { msg, port, pid } = JSON.parse(line) as { msg?: string; port?: number; pid?: number }
    if (msg === 'recorder ready' && port) {
      child.stdout.resume()
      return { port, pid: pid ?? child.pid ?? 0 }
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

/** A permission to record, valid for a day unless told otherwise. */
export async function aPermission(
  overrides: { expiresAt?: string; secret?: string; visitId?: string } = {},
): Promise<Permission> {
  const { secret = GRANT_SECRET, expiresAt, visitId = randomUUID() } = overrides
  const content = RecordingGrant.parse({
    recordingId: randomUUID(),
    visitId,
    epoch: 1,
    visitClass: 'social',
    expiresAt: expiresAt ?? new Date(Date.now() + GRANT_LASTS_MS).toISOString(),
  })
  const key = new Uint8Array(randomBytes(32))
  const { recordingId } = content
  return {
    ...{ recordingId, visitId: content.visitId, key },
    grant: await signGrant(content, secret),
    sealedKey: await sealKey(key, { secret, objectId: recordingId }),
  }
}
