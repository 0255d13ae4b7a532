import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './until.ts'

/** A coturn with the settings of docker-compose.yml, on this machine alone. */
export type TurnRelay = {
  /** As TURN_URLS takes it. */
  readonly url: string
  /** All that it has logged so far. */
  readonly output: () => string
  readonly stop: () => Promise<void>
}

export type TurnRelayOptions = {
  readonly secret: string
  /** Where it listens, with TLS. */
  readonly port: number
  /** The media node's address: the only one that it relays to. */
  readonly peer: string
  /** Where relayed packets come from. */
  readonly relayIp: string
}

const COMPOSE_FILE = join(import.meta.dirname, '../../docker-compose.yml')
const PROGRAM = 'turnserver'

/** Whether there is a coturn to start: Debian's package, or any on the PATH. */
export function hasTurnServer(): boolean {
  return spawnSync(PROGRAM, ['--version']).error === undefined
}

/** Starts it and waits until it listens. */
export async function startTurnRelay(options: TurnRelayOptions): Promise<TurnRelay> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-turn-'))
  const { certFile, keyFile } = await makeCertificate(folder)
  const given = {
    '--tls-listening-port': String(options.port),
    '--cert': certFile,
    '--pkey': keyFile,
    '--static-auth-secret': options.secret,
    '--realm': 'visits.test',
    '--allowed-peer-ip': options.peer,
  }
  // Only what a test on one machine needs besides: in real life no peer is on the relay's own loopback.
  const loopback = ['--listening-ip=127.0.0.1', `--relay-ip=${options.relayIp}`]
  const more = ['-n', ...loopback, '--allow-loopback-peers', `--pidfile=${join(folder, 'pid')}`]
  const args = [...(await composedArgs(given)), ...more]
  const child = spawn(PROGRAM, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const output = collect(child)
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  await until(async () => {
    if (child.exitCode !== null) throw new Error('coturn ended')
    return (await isOpen(options.port)) || null
  }, 'coturn to listen').catch(async (cause: unknown) => {
    await stop()
    throw new Error(`coturn is not up:\n${output()}`, { cause })
  })
  return { url: `turns:localhost:${options.port}?transport=tcp`, output, stop }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

/** The command of the service `turn`, with what docker-compose would be told from outside. */
async function composedArgs(given: Readonly<Record<string, string>>): Promise<string[]> {
  const compose = await readFile(COMPOSE_FILE, 'utf8')
  const service = /^ {2}turn:\n(?: {4}.*\n)+/m.exec(compose)?.[0] ?? ''
  const args = [...service.matchAll(/^ {6}- (--.*)$/gm)].map(([, arg = '']) => arg)
  const names = args.map((arg) => arg.split('=')[0] ?? arg)
  const missing = Object.keys(given).filter((name) => !names.includes(name))
  if (missing.length > 0) throw new Error(`docker-compose.yml does not set ${missing.join(', ')}`)
  const told = args.map((arg, at) => {
    const value = given[names[at] ?? '']
    return value === undefined ? arg : `${names[at]}=${value}`
  })
  return told.map((arg) => arg.replace(/\$\{\w+:-([^}]*)\}/g, '$1'))
}

async function makeCertificate(folder: string): Promise<{ certFile: string; keyFile: string }> {
  const module = new URL('../../scripts/lib/certificate.mjs', import.meta.url)
  const { provideCertificate } = (await import(module.href)) as {
    provideCertificate: (
      addresses: string[],
      folder: string,
    ) => Promise<{ certFile: string; keyFile: string }>
  }
  return provideCertificate([], folder)
}

function collect(child: ChildProcess): () => string {
  let text = ''
  const add = (chunk: Buffer) => (text += chunk.toString())
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => text
}
