import { X509Certificate } from 'node:crypto'
import { access, constants, readFile, statfs } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { Clock } from '@visavis/platform/clock'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { ServerConfig } from '../../config.ts'
import type { OperationsRepo } from './operations.repo.ts'
import type { Facts } from './state-rules.ts'

/** Which media nodes and recorders can be used now, as the live side says it. */
export type LiveHealth = {
  readonly mediaNodes: readonly { readonly isReady: boolean }[]
  readonly recorders: readonly { readonly isReady: boolean }[]
}

export type LookParts = {
  readonly config: ServerConfig
  readonly repo: OperationsRepo
  readonly store: ObjectStore
  readonly clock: Clock
  /** Null: the live side does not stand yet. */
  readonly live: () => LiveHealth | null
}

/** A key that no object has: asking for it is asking whether the store answers. */
const NO_OBJECT = 'is-anybody-there'
/** Nobody waits longer for a page that says what is wrong. */
const PATIENCE_MS = 3_000
const TLS_PORT = 5349
const PLAIN_PORT = 3478

/** Looks at everything that the service stands on; what cannot be asked is null or false. Never rejects. */
export async function look(parts: LookParts): Promise<Facts> {
  const { config, repo, store, clock } = parts
  const live = parts.live()
  const [
    database,
    jobs,
    mail,
    audit,
    isStoreThere,
    areKeysThere,
    freeBytes,
    endsInMs,
    isTurnThere,
  ] = await Promise.all([
    lookAtDatabase(parts),
    orNull(repo.queues()),
    orNull(repo.notices()),
    orNull(repo.auditLag()),
    orNull(store.sizeOf(NO_OBJECT).then(() => true)),
    orNull(areKeysReadable(parts)),
    leastFree([config.recordingsDir, config.documentsDir]),
    certificateEndsInMs(config, clock),
    isRelayThere(config.turn?.urls[0] ?? null),
  ])
  return {
    ...{ database, jobs, mail, audit, freeBytes, isTurnThere, certificateEndsInMs: endsInMs },
    isProduction: config.isProduction,
    mediaNodes: (live?.mediaNodes ?? []).map(({ isReady }) => isReady),
    recorders: (live?.recorders ?? []).map(({ isReady }) => isReady),
    isStoreThere: isStoreThere ?? false,
    areKeysThere: areKeysThere ?? false,
    isAuditShipped: config.audit.ship !== null,
    isMailReal: config.mail.kind === 'smtp',
    isSignInDemo: config.staffSignIn === 'demo',
  }
}

/** Null also for what takes longer than anybody waits. */
async function orNull<Value>(asked: Promise<Value>): Promise<Value | null> {
  const ended = new AbortController()
  try {
    return await Promise.race([asked, after(PATIENCE_MS, null, { signal: ended.signal })])
  } catch {
    return null
  } finally {
    ended.abort()
  }
}

async function lookAtDatabase({ repo, clock }: LookParts): Promise<Facts['database']> {
  const startedMs = performance.now()
  const before = clock.now().getTime()
  const there = await orNull(repo.clock())
  if (there === null) return null
  const latencyMs = performance.now() - startedMs
  return { latencyMs, clockOffMs: there.getTime() - before - latencyMs / 2 }
}

/** A service that never recorded has no folder of keys yet. */
async function areKeysReadable({ config, repo }: LookParts): Promise<boolean> {
  const isThere = await access(config.keysDir, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )
  return isThere || !(await repo.hasKeys())
}

async function leastFree(folders: readonly string[]): Promise<number | null> {
  const free = await Promise.all(folders.map((folder) => freeAt(folder)))
  const known = free.filter((bytes) => bytes !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** A folder that is not there yet will lie on its parent's disk. */
async function freeAt(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    const parent = dirname(folder)
    return parent === folder ? null : freeAt(parent)
  }
}

async function certificateEndsInMs({ tls }: ServerConfig, clock: Clock): Promise<number | null> {
  if (tls === null) return null
  const pem = await orNull(readFile(tls.certFile))
  if (pem === null) return 0
  return new X509Certificate(pem).validToDate.getTime() - clock.now().getTime()
}

/** Whether somebody listens where browsers are told to find the relay; over UDP nobody can be asked. */
function isRelayThere(url: string | null): Promise<boolean | null> {
  const parts = /^(turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(\?transport=udp)?/.exec(url ?? '')
  if (!parts) return Promise.resolve(null)
  const [, scheme, host = '', port, udp] = parts
  if (udp !== undefined) return Promise.resolve(true)
  const to = Number(port ?? (scheme === 'turns' ? TLS_PORT : PLAIN_PORT))
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port: to, timeout: PATIENCE_MS })
    const end = (isThere: boolean): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}
