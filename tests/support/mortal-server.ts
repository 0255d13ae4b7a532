import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { freePorts } from './ports.ts'
import { aSigningKey } from './signing-key.ts'
import { until } from './until.ts'

/** The server's process alone, started again on the same port whenever it has ended. */
export type MortalServer = {
  readonly origin: string
  /** `kill -9`, also of one that is just starting. */
  readonly die: () => void
  /** Ends that nobody asked for, each with its last words: a server outlives its database. */
  readonly ownEnds: () => readonly string[]
  /** The end of what it, and the one before it, have printed. */
  readonly lastWords: () => string
  /** Its log's lines about answers INTERNAL, cut: what nobody foresaw. */
  readonly unforeseen: () => readonly string[]
  /** Starts that failed; without a database, there is none. */
  readonly failedStarts: () => number
  readonly stop: () => Promise<void>
}

const SERVER = join(import.meta.dirname, '../../server/src/main.ts')
const LOOK_EVERY_MS = 100
/** As the product's supervisor waits at first. */
const START_AGAIN_MS = 200
const LAST_WORDS = 4_000
const UNFORESEEN = '"code":"INTERNAL"'

type Life = { readonly child: ChildProcess; words: string; isUp: boolean; isKilled: boolean }
type Keeper = {
  readonly origin: string
  readonly env: Record<string, string>
  readonly ownEnds: string[]
  readonly unforeseen: string[]
  failedStarts: number
  isStopping: boolean
  wordsBefore: string
  life: Life
}

/** Starts the server on a database and keeps it; files of its go into a folder that `stop` removes. */
export async function startMortalServer(databaseUrl: string): Promise<MortalServer> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-server-'))
  const port = await freePorts(3)
  const origin = `http://127.0.0.1:${port}`
  const env = environment({ databaseUrl, folder, port, origin })
  const given = { origin, env, ownEnds: [], unforeseen: [], failedStarts: 0 }
  const keeper: Keeper = { ...given, isStopping: false, wordsBefore: '', life: launch(env) }
  watch(keeper)
  const stop = async () => {
    keeper.isStopping = true
    const { child } = keeper.life
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await until(() => (keeper.life.isUp ? true : null), 'the server')
  } catch (error) {
    await stop()
    throw error
  }
  return {
    origin,
    die: () => {
      keeper.life.isKilled = true
      keeper.life.child.kill('SIGKILL')
    },
    ownEnds: () => keeper.ownEnds,
    lastWords: () => `${keeper.wordsBefore}\n${keeper.life.words}`,
    unforeseen: () => keeper.unforeseen,
    failedStarts: () => keeper.failedStarts,
    stop,
  }
}

type Where = { databaseUrl: string; folder: string; port: number; origin: string }

function environment({ databaseUrl, folder, port, origin }: Where): Record<string, string> {
  const secret = () => randomBytes(32).toString('hex')
  return {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    PUBLIC_ORIGIN: origin,
    CONTROL_SECRET: secret(),
    GRANT_SECRET: secret(),
    DOCUMENT_KEY: secret(),
    KEYS_DIR: join(folder, 'keys'),
    CERTIFICATE_KEY: aSigningKey(),
    // Nobody is there: booking needs neither.
    MEDIA_NODES: `http://127.0.0.1:${port + 1}`,
    RECORDERS: `http://127.0.0.1:${port + 2}`,
    RECORDINGS_DIR: join(folder, 'recordings'),
    DOCUMENTS_DIR: join(folder, 'documents'),
    MAIL_DIR: join(folder, 'mail'),
    LOG_LEVEL: 'error',
    NODE_ENV: 'test',
  }
}

/** The channel ends the server when the test's process is gone. */
function launch(env: Record<string, string>): Life {
  const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const
  const child = spawn(process.execPath, [SERVER], {
    env: { ...process.env, ...env },
    stdio: [...stdio],
  })
  return { child, words: '', isUp: false, isKilled: false }
}

function watch(keeper: Keeper): void {
  const { life } = keeper
  const listen = (chunk: Buffer) => {
    life.words = `${life.words}${chunk.toString()}`.slice(-LAST_WORDS)
  }
  const { stdout } = life.child
  stdout?.on('data', listen)
  if (stdout)
    createInterface({ input: stdout }).on('line', (line) => {
      if (line.includes(UNFORESEEN)) keeper.unforeseen.push(line.slice(0, LAST_WORDS))
    })
  life.child.stderr?.on('data', listen)
  life.child.once('exit', (code, signal) => {
    if (keeper.isStopping) return
    if (life.isUp && !life.isKilled) keeper.ownEnds.push(`${signal ?? code}: ${life.words}`)
    if (!life.isUp && !life.isKilled) keeper.failedStarts += 1
    keeper.wordsBefore = life.words
    void startAgain(keeper)
  })
  void noticeWhenUp(keeper, life)
}

async function startAgain(keeper: Keeper): Promise<void> {
  await pause(START_AGAIN_MS)
  if (keeper.isStopping) return
  keeper.life = launch(keeper.env)
  watch(keeper)
}

async function noticeWhenUp({ origin }: Keeper, life: Life): Promise<void> {
  while (!life.isUp && life.child.exitCode === null && life.child.signalCode === null) {
    life.isUp = await fetch(`${origin}/api/me`).then(
      ({ status }) => status === 401,
      () => false,
    )
    if (!life.isUp) await pause(LOOK_EVERY_MS)
  }
}
