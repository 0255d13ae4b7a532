import { Refusal } from '@visavis/contract/errors'
import type { SocketProof, TerminalProof } from '@visavis/contract/terminal-proof-shapes'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import { newToken, tokenHash } from '../../platform/secrets.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { DeviceAlarms, DeviceRefusal } from './device-alarms.ts'
import type { DeviceProofs, PageSaid } from './device-proofs.ts'
import {
  DEVICE_SESSION_LIFE_MS,
  courseOf,
  goneAt,
  isDeviceSeenStale,
  isOver,
  useOf,
} from './device-rules.ts'
import type { StoredSession } from './device-rules.ts'
import { deviceWrites } from './device.repo.ts'
import type { DeviceRepo, KeyRow, SessionRow } from './device.repo.ts'

/** A terminal whose key is known to be at hand. */
export type Device = {
  readonly keyId: string
  readonly terminalId: string
  readonly facilityId: string
  readonly isDisabled: boolean
}

/**
 * With what somebody shows that a terminal's cookie is its own: the secret in the page's memory, beside the
 * cookie; or the proof with which a socket was opened. `NAME_ONLY` shows nothing: for saying in the log who knocked.
 */
export type DeviceWord =
  | { readonly kind: 'PAGE'; readonly secret: string | null; readonly certificate: string | null }
  | { readonly kind: 'KEY'; readonly keyId: string }
  | { readonly kind: 'NAME_ONLY' }

/** A device session as its page is given it. */
export type OpenedSession = {
  readonly token: string
  readonly terminalId: string
  readonly sessionId: string
  readonly lifeMs: number
}

type Connecting = {
  readonly terminalId: string
  readonly lastSessionId: string | null
  readonly pageHash: string
  readonly proof: TerminalProof
}

type Deps = {
  readonly repo: DeviceRepo
  readonly proofs: DeviceProofs
  readonly alarms: DeviceAlarms
  readonly audit: Audit
  readonly clock: Clock
  readonly transact: Transact
  /** Whether a terminal must come with the client certificate that it was enrolled with. */
  readonly needsCertificate: boolean
}

/** TR-5: terminals as devices that prove a key, whoever is at them. */
export type Devices = ReturnType<typeof createDevices>

export function createDevices(deps: Deps) {
  return {
    /** The first session of a key that was just enrolled, for the page that enrolled it. */
    openFirst: (tx: Tx, given: { keyId: string; terminalId: string; pageHash: string }) =>
      addSession(tx, { ...given, beforeId: null }, deps),
    /**
     * A session for a page that has proved the terminal's key. Refuses with TERMINAL_NOT_ENROLLED,
     * TERMINAL_PROOF_REFUSED, or TERMINAL_KEY_IN_USE (`liftsAt`) while somebody else goes on with the key.
     */
    connect: (given: Connecting, said: PageSaid) => connect(given, said, deps),
    /**
     * The key of a page that opens a socket. Refuses like `connect`, and with TERMINAL_PROOF_REQUIRED a page
     * without a proof or without a session.
     */
    ofSocket: (given: SocketProof | undefined, said: PageSaid) => ofSocket(given, said, deps),
    /**
     * The terminal behind a cookie, read anew. Null: none, or its key has ended. Refuses with
     * TERMINAL_PROOF_REQUIRED what the page can mend by proving its key again.
     */
    of: (token: string | null, word: DeviceWord, requestId?: string) =>
      deviceOf(token, { word, requestId }, deps),
  }
}

async function connect(given: Connecting, said: PageSaid, deps: Deps): Promise<OpenedSession> {
  const { terminalId, proof } = given
  const key = await deps.repo.liveKey(terminalId)
  if (key === null) throw new Refusal('TERMINAL_NOT_ENROLLED')
  const statement = { purpose: 'CONNECT' as const, ...given }
  await requireProof({ key, statement, proof }, said, deps)
  const course = await deps.transact((tx) => takeCourse(tx, { key, given, said }, deps))
  if (course.kind === 'OPENED') return course.session
  if (course.kind === 'CONTESTED') {
    await deps.alarms.refused(aboutOf(key, said.requestId), 'KEY_IN_USE')
    throw new Refusal('TERMINAL_KEY_IN_USE', { liftsAt: course.liftsAt.toISOString() })
  }
  if (course.kind === 'ENDED') throw new Refusal('TERMINAL_NOT_ENROLLED')
  return refuse(key, { reason: 'NONCE_USED', said }, deps)
}

type Course =
  | { readonly kind: 'OPENED'; readonly session: OpenedSession }
  | { readonly kind: 'CONTESTED'; readonly liftsAt: Date }
  | { readonly kind: 'ENDED' | 'SPENT' }

type Connection = { readonly key: KeyRow; readonly given: Connecting; readonly said: PageSaid }

async function takeCourse(tx: Tx, connection: Connection, deps: Deps): Promise<Course> {
  const { key, given } = connection
  const { lastSessionId, proof } = given
  if (!(await deps.proofs.spend(tx, proof))) return { kind: 'SPENT' }
  if (!(await deviceWrites.lockKey(tx, key.keyId))) return { kind: 'ENDED' }
  const now = deps.clock.now()
  const current = await deviceWrites.current(tx, key.keyId)
  const course = courseOf(current, { lastSessionId, now })
  if (current !== null && course === 'CONTEST') {
    await deviceWrites.contest(tx, current.deviceSessionId, now)
    return { kind: 'CONTESTED', liftsAt: goneAt(current) }
  }
  if (current !== null) await deviceWrites.supersede(tx, current.deviceSessionId, now)
  const before = course === 'GO_ON' ? current : null
  return { kind: 'OPENED', session: await openNext(tx, { ...connection, before }, deps) }
}

/** The session after `before`; null: nobody goes on. */
async function openNext(
  tx: Tx,
  { key, given, said, before }: Connection & { readonly before: StoredSession | null },
  deps: Deps,
): Promise<OpenedSession> {
  const { pageHash } = given
  // The same page that goes on is no news; another one is.
  if (before?.pageHash !== pageHash) await enterConnected(tx, { key, before, said }, deps)
  const { terminalId } = key.terminal
  const row = { keyId: key.keyId, terminalId, pageHash, beforeId: before?.deviceSessionId ?? null }
  return addSession(tx, row, deps)
}

async function enterConnected(
  tx: Tx,
  { key, before, said }: { key: KeyRow; before: StoredSession | null; said: PageSaid },
  { audit }: Deps,
): Promise<void> {
  const { terminalId, facilityId } = key.terminal
  await audit.append(tx, {
    facilityId,
    actor: { type: 'terminal', actorId: terminalId },
    action: 'terminal.connect',
    object: { type: 'terminal', objectId: terminalId },
    outcome: 'allow',
    ...(said.requestId === undefined ? {} : { requestId: said.requestId }),
    detail: { keyId: key.keyId, isContinued: before !== null },
  })
}

async function addSession(
  tx: Tx,
  row: { keyId: string; terminalId: string; pageHash: string; beforeId: string | null },
  { clock }: Deps,
): Promise<OpenedSession> {
  const { terminalId, ...stored } = row
  const token = newToken()
  const createdAt = clock.now()
  const sessionId = newId()
  const lifeMs = DEVICE_SESSION_LIFE_MS
  await deviceWrites.addSession(tx, {
    ...{ ...stored, deviceSessionId: sessionId, tokenHash: tokenHash(token), createdAt },
    expiresAt: new Date(createdAt.getTime() + lifeMs),
  })
  return { token, terminalId, sessionId, lifeMs }
}

async function ofSocket(
  given: SocketProof | undefined,
  said: PageSaid,
  deps: Deps,
): Promise<string> {
  if (given === undefined) return refuseUnproved(said, deps)
  const { terminalId, sessionId, proof } = given
  const key = await deps.repo.liveKey(terminalId)
  if (key === null) throw new Refusal('TERMINAL_NOT_ENROLLED')
  const statement = { purpose: 'SOCKET' as const, terminalId, sessionId }
  await requireProof({ key, statement, proof }, said, deps)
  const session = await deps.repo.sessionById(sessionId)
  const isCurrent = session?.keyId === key.keyId && !isOver(session, deps.clock.now())
  if (!isCurrent) throw new Refusal('TERMINAL_PROOF_REQUIRED')
  const isFirst = await deps.transact((tx) => deps.proofs.spend(tx, proof))
  return isFirst ? key.keyId : refuse(key, { reason: 'NONCE_USED', said }, deps)
}

/** A cookie of ours that opens a socket without a proof comes from no page of ours. */
async function refuseUnproved({ token, requestId }: PageSaid, deps: Deps): Promise<never> {
  const held = token === null ? null : await deps.repo.sessionByToken(tokenHash(token))
  if (held === null || held.key.endedAt !== null) throw new Refusal('TERMINAL_NOT_ENROLLED')
  await deps.alarms.refused(aboutOf(held.key, requestId), 'COPIED_COOKIE', true)
  throw new Refusal('TERMINAL_PROOF_REQUIRED')
}

async function requireProof(
  given: {
    key: KeyRow
    statement: Parameters<DeviceProofs['faultOf']>[0]['statement']
    proof: TerminalProof
  },
  said: PageSaid,
  deps: Deps,
): Promise<void> {
  const { key, statement, proof } = given
  const { publicKey, certificateSha256 } = key
  const fault = deps.proofs.faultOf({ publicKey, proof, statement, origin: said.origin })
  if (fault !== null) return refuse(key, { reason: fault, said }, deps)
  if (isCertified(certificateSha256, said.certificate, deps)) return
  await refuse(key, { reason: 'CERTIFICATE', said }, deps)
}

/** Where certificates are asked for, the terminal comes with the very one it was enrolled with. */
function isCertified(
  enrolled: string | null,
  shown: string | null,
  { needsCertificate }: Pick<Deps, 'needsCertificate'>,
): boolean {
  return !needsCertificate || (enrolled !== null && enrolled === shown)
}

/** Enters the refusal; it is an alarm where the terminal's own cookie comes without its key. */
async function refuse(
  key: KeyRow,
  { reason, said }: { reason: DeviceRefusal; said: PageSaid },
  { alarms, repo }: Deps,
): Promise<never> {
  const held = said.token === null ? null : await repo.sessionByToken(tokenHash(said.token))
  const isCopy = reason === 'SIGNATURE' && held?.keyId === key.keyId
  await alarms.refused(aboutOf(key, said.requestId), reason, isCopy)
  throw new Refusal('TERMINAL_PROOF_REFUSED')
}

async function deviceOf(
  token: string | null,
  { word, requestId }: { word: DeviceWord; requestId: string | undefined },
  deps: Deps,
): Promise<Device | null> {
  if (word.kind === 'KEY') return liveDevice(await deps.repo.keyById(word.keyId))
  const session = token === null ? null : await deps.repo.sessionByToken(tokenHash(token))
  if (session === null || session.key.endedAt !== null) return null
  if (word.kind === 'NAME_ONLY') return liveDevice(session.key)
  const now = deps.clock.now()
  const pageHash = word.secret === null ? null : tokenHash(word.secret)
  const use = useOf(session, { pageHash, now })
  if (use !== 'GOOD') return misused(session, { use, requestId }, deps)
  if (!isCertified(session.key.certificateSha256, word.certificate, deps)) {
    await deps.alarms.refused(aboutOf(session.key, requestId), 'CERTIFICATE')
    throw new Refusal('TERMINAL_PROOF_REQUIRED')
  }
  if (isDeviceSeenStale(session, now)) await deps.repo.seen(session.deviceSessionId, now)
  return liveDevice(session.key)
}

async function misused(
  { key }: SessionRow,
  { use, requestId }: { use: 'COPIED' | 'OVER' | 'TWO_PLACES'; requestId: string | undefined },
  { alarms }: Deps,
): Promise<null> {
  const about = aboutOf(key, requestId)
  if (use === 'TWO_PLACES') {
    await alarms.twoPlaces(about)
    return null
  }
  if (use === 'COPIED') await alarms.refused(about, 'COPIED_COOKIE', true)
  throw new Refusal('TERMINAL_PROOF_REQUIRED')
}

function liveDevice(key: KeyRow | null): Device | null {
  if (key === null || key.endedAt !== null) return null
  const { terminalId, facilityId, disabledAt } = key.terminal
  return { keyId: key.keyId, terminalId, facilityId, isDisabled: disabledAt !== null }
}

function aboutOf({ terminal }: KeyRow, requestId: string | undefined) {
  const { terminalId, facilityId } = terminal
  return { terminalId, facilityId, requestId }
}
