import { PAGE_HEADER } from '@visavis/contract/terminal-proof'
import type { TerminalStatement } from '@visavis/contract/terminal-proof'
import type { SocketProof, TerminalProof } from '@visavis/contract/terminal-proof-shapes'
import type { Result } from '@visavis/ui'
import type { CallApi, Reply } from '@visavis/ui/api/api.ts'
import { makeKey, makePageSecret, prove } from './device-key.ts'
import type { DeviceStore } from './device-store.ts'

/** A session that is older than this part of its life is renewed with the next call. */
const RENEW_AFTER = 0.5
/** What is sent near the end of a session may arrive after it. */
const MARGIN_MS = 30_000
/** Pages of one browser come one after the other; on a terminal there is only one. */
const LOCK = 'visavis-terminal'

type Session = {
  readonly terminalId: string
  readonly sessionId: string
  readonly lifeMs: number
  readonly sinceMs: number
}

/** This device as a terminal: its key, and the session that the key has asked for (TR-5). */
export type DeviceSession = {
  /** Turns this device into a terminal by a code. */
  readonly enrol: (code: string) => Promise<Result<Reply<'enrolTerminal'>>>
  /** What goes with each call; asks for a session where there is none, and in time for the next. */
  readonly headers: () => Promise<Result<Readonly<Record<string, string>>>>
  /** A proof for one socket; null: it cannot be made now. */
  readonly proveSocket: () => Promise<SocketProof | null>
  /** The session is good for nothing any more, as the server says. */
  readonly drop: () => void
  /** Calls `listener` when it turns out that this device is no terminal any more. */
  readonly onNotEnrolled: (listener: () => void) => () => void
}

type Enrolled = Reply<'enrolTerminal'>

type Deps = {
  readonly store: DeviceStore
  readonly call: CallApi<'terminalNonce' | 'enrolTerminal' | 'connectTerminal'>
  readonly nowMs?: () => number
}

/** Runs work that must not run twice at once in this browser. */
const inTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer> =>
  navigator.locks.request(LOCK, work)

export function createDeviceSession({ store, call, nowMs = Date.now }: Deps): DeviceSession {
  const page = makePageSecret()
  const listeners = new Set<() => void>()
  const tellNotEnrolled = () => {
    for (const listener of listeners) listener()
  }
  const kit = { store, call, page, tellNotEnrolled }
  const holder = createHolder(() => connect(kit), nowMs)
  return {
    async enrol(code) {
      const answer = await enrol(code, kit)
      if (answer.ok) holder.hold(answer.data.device)
      return answer
    },
    async headers() {
      const held = await holder.live()
      return held.ok ? { ok: true, data: { [PAGE_HEADER]: (await page).secret } } : held
    },
    async proveSocket() {
      const held = await holder.live()
      return held.ok ? proveSocket(held.data, kit) : null
    },
    drop: holder.drop,
    onNotEnrolled(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Holds the one session of this page, and asks for the next in time. */
function createHolder(ask: () => Promise<Result<Reply<'connectTerminal'>>>, nowMs: () => number) {
  let session: Session | null = null
  let renewing: Promise<Result<Session>> | null = null

  const hold = (given: Reply<'connectTerminal'>): Session => {
    session = { ...given, sinceMs: nowMs() }
    return session
  }
  const renew = async (): Promise<Result<Session>> => {
    const answer = await ask()
    return answer.ok ? { ok: true, data: hold(answer.data) } : answer
  }
  const renewed = (): Promise<Result<Session>> => {
    renewing ??= inTurn(renew).finally(() => (renewing = null))
    return renewing
  }
  const live = async (): Promise<Result<Session>> => {
    const ageMs = session === null ? Number.POSITIVE_INFINITY : nowMs() - session.sinceMs
    // A clock that was set back says nothing of how old it is.
    const isUsable = session !== null && ageMs >= 0 && ageMs < session.lifeMs - MARGIN_MS
    if (session === null || !isUsable) return renewed()
    const held = session
    if (ageMs < held.lifeMs * RENEW_AFTER) return { ok: true, data: held }
    const newer = await renewed()
    return newer.ok || newer.code === 'TERMINAL_NOT_ENROLLED' ? newer : { ok: true, data: held }
  }
  return { hold, live, drop: () => void (session = null) }
}

/** What is asked of the server stands on this. */
type Kit = Pick<Deps, 'store' | 'call'> & {
  readonly page: ReturnType<typeof makePageSecret>
  readonly tellNotEnrolled: () => void
}

async function enrol(code: string, { store, call, page }: Kit): Promise<Result<Enrolled>> {
  const { privateKey, publicKey } = await makeKey()
  const { pageHash } = await page
  const proved = await proofOf(privateKey, { purpose: 'ENROL', code, pageHash }, call)
  if (!proved.ok) return proved
  const body = { code, publicKey, pageHash, proof: proved.data }
  const answer = await call('enrolTerminal', { body })
  if (!answer.ok) return answer
  const { terminalId, sessionId } = answer.data.device
  await store.write({ privateKey, terminalId, lastSessionId: sessionId })
  return answer
}

async function connect({
  store,
  call,
  page,
  tellNotEnrolled,
}: Kit): Promise<Result<Reply<'connectTerminal'>>> {
  const device = await store.read()
  if (device === null) return { ok: false, code: 'TERMINAL_NOT_ENROLLED' }
  const { privateKey, terminalId, lastSessionId } = device
  const { pageHash } = await page
  const asked = { terminalId, lastSessionId, pageHash }
  const proved = await proofOf(privateKey, { purpose: 'CONNECT', ...asked }, call)
  if (!proved.ok) return proved
  const answer = await call('connectTerminal', { body: { ...asked, proof: proved.data } })
  if (answer.ok) {
    await store.write({ privateKey, terminalId, lastSessionId: answer.data.sessionId })
  } else if (answer.code === 'TERMINAL_NOT_ENROLLED') {
    await store.forget()
    tellNotEnrolled()
  }
  return answer
}

async function proveSocket(
  { terminalId, sessionId }: Session,
  { store, call }: Kit,
): Promise<SocketProof | null> {
  const device = await store.read()
  if (device === null) return null
  const statement = { purpose: 'SOCKET', terminalId, sessionId } as const
  const proved = await proofOf(device.privateKey, statement, call)
  return proved.ok ? ({ terminalId, sessionId, proof: proved.data } as SocketProof) : null
}

async function proofOf(
  privateKey: CryptoKey,
  statement: TerminalStatement,
  call: Deps['call'],
): Promise<Result<TerminalProof>> {
  const asked = await call('terminalNonce', {})
  if (!asked.ok) return asked
  return { ok: true, data: await prove(privateKey, asked.data.nonce, statement) }
}
