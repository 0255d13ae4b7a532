import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { freePorts } from './ports.ts'
import { until } from './until.ts'

/** The processes that the supervisor runs. */
export type ProcessName = 'server' | 'media-node' | 'recorder'

/** The whole product, started as a person starts it, on ports and data of its own. */
export type Stack = {
  readonly origin: string
  /** Where it listens on 127.0.0.1. */
  readonly ports: { readonly server: number; readonly media: readonly number[] }
  readonly databaseUrl: string
  readonly recordingsDir: string
  /** Where the media node takes commands from whoever knows the secret. */
  readonly mediaControl: { readonly url: string; readonly secret: string }
  /** Process id now; changes when the supervisor has started it again. */
  pidOf(name: ProcessName): Promise<number>
  /** `kill -9`, as a crash does it. The supervisor starts it again. */
  crash(name: ProcessName): Promise<void>
  /** All that the processes have printed so far. */
  output(): string
  stop(): Promise<void>
}

const START_FILE = join(import.meta.dirname, '../../scripts/start.mjs')
/** Server, media control, recorder control, and a port for each media worker. */
const PORTS_NEEDED = 8
/** One for visits that may be watched and one for those that may not; each takes a port. */
const MEDIA_WORKERS = 2
const CONTROL_SECRET = 'c'.repeat(32)
/** A busy machine still gets there; a broken one is told apart by its output. */
const READY_MS = 60_000

/**
 * Starts everything against a database of its own and waits until it is ready. With `databasePort` the
 * product reaches the database through that port of this machine.
 */
export async function startStack(
  env: Record<string, string> = {},
  { databasePort = null }: { databasePort?: number | null } = {},
): Promise<Stack> {
  const database = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'visavis-stack-'))
  const port = await freePorts(PORTS_NEEDED)
  const recordingsDir = join(folder, 'recordings')
  const child = launch(folder, {
    DATABASE_URL: atPort(database.url, databasePort),
    APP_DATABASE_URL: atPort(database.appUrl, databasePort),
    PORT: String(port),
    MEDIA_CONTROL_PORT: String(port + 1),
    RECORDER_CONTROL_PORT: String(port + 2),
    RTC_PORT: String(port + 3),
    MEDIA_WORKERS: String(MEDIA_WORKERS),
    RECORDINGS_DIR: recordingsDir,
    CONTROL_SECRET,
    ...env,
  })
  const output = collect(child)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
  const state = () => readRunState(folder)
  try {
    await ready(child, output, state)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    origin: `http://localhost:${port}`,
    ports: { server: port, media: Array.from({ length: MEDIA_WORKERS }, (_, at) => port + 3 + at) },
    databaseUrl: database.url,
    recordingsDir,
    mediaControl: { url: `http://127.0.0.1:${port + 1}`, secret: CONTROL_SECRET },
    pidOf: async (name) => until(async () => (await state())?.pids[name] ?? null, `${name} to run`),
    crash: async (name) => {
      const pid = (await state())?.pids[name]
      if (pid) process.kill(pid, 'SIGKILL')
    },
    output,
    stop,
  }
}

type RunState = { pids: Record<string, number | null>; isReady?: boolean }

function launch(folder: string, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [START_FILE, '--state-dir', folder], {
    env: { ...process.env, LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function atPort(databaseUrl: string, port: number | null): string {
  if (port === null) return databaseUrl
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return url.href
}

function collect(child: ChildProcess): () => string {
  let text = ''
  const add = (chunk: Buffer) => (text += chunk.toString())
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => text
}

async function ready(
  child: ChildProcess,
  output: () => string,
  state: () => Promise<RunState | null>,
): Promise<void> {
  await until(
    async () => {
      if (child.exitCode !== null) throw new Error(`the stack ended early:\n${output()}`)
      return (await state()) && output().includes('Ctrl-C') ? true : null
    },
    'the stack to be ready',
    READY_MS,
  )
}

async function readRunState(folder: string): Promise<RunState | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as RunState
  } catch {
    return null
  }
}
