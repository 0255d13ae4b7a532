import type { Clock } from '@visavis/platform/clock'
import type { Transact, Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { endTerminalKey } from './device.repo.ts'

type Deps = {
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly tasks: Tasks
}

/** The terminal that something happened to. */
export type AboutTerminal = {
  readonly terminalId: string
  readonly facilityId: string
  readonly requestId: string | undefined
}

/** Why a terminal was not let in; goes into the log. */
export type DeviceRefusal =
  'ORIGIN' | 'NONCE' | 'NONCE_USED' | 'SIGNATURE' | 'CERTIFICATE' | 'KEY_IN_USE' | 'COPIED_COOKIE'

/** What a facility learns of a terminal that is not itself any more (TR-5). */
export type DeviceAlarms = ReturnType<typeof createDeviceAlarms>

/** One who knocks again and again is noted once in this time, so that nobody fills the log. */
const NOTED_AGAIN_MS = 60_000
const MOST_REMEMBERED = 1_000

export function createDeviceAlarms(deps: Deps) {
  const isDue = rememberLately(deps.clock)
  return {
    /** Enters that somebody was not let in as this terminal; with an alarm where it is a copy of its cookie. */
    async refused(about: AboutTerminal, reason: DeviceRefusal, isCopy = false): Promise<void> {
      if (!isDue([about.terminalId, reason, isCopy].join(' '))) return
      await deps.transact(async (tx) => {
        await enter(tx, deps, { about, action: 'terminal.connect', outcome: 'deny', reason })
        if (isCopy) await open(tx, deps, { about, suggestion: 'REVIEW' })
      })
    },
    /**
     * The key is in two places at once, and nobody can say which of them is the terminal: both are stopped,
     * and whoever is in a visit there is out of it. It needs a new code.
     */
    twoPlaces: (about: AboutTerminal): Promise<void> =>
      deps.transact(async (tx) => {
        const { terminalId } = about
        const reason = 'TWO_PLACES'
        const end = { terminalId, at: deps.clock.now(), reason, endedBy: null } as const
        if (!(await endTerminalKey(tx, end))) return
        await enter(tx, deps, { about, action: 'terminal.revokeKey', outcome: 'allow', reason })
        await open(tx, deps, { about, suggestion: 'ENROL_AGAIN' })
      }),
  }
}

async function enter(
  tx: Tx,
  { audit }: Deps,
  fact: { about: AboutTerminal; action: string; outcome: 'allow' | 'deny'; reason: string },
): Promise<void> {
  const { about, ...rest } = fact
  const { facilityId, terminalId, requestId } = about
  await audit.append(tx, {
    ...{ ...rest, facilityId, actor: SERVER },
    object: { type: 'terminal', objectId: terminalId },
    ...(requestId === undefined ? {} : { requestId }),
  })
}

async function open(
  tx: Tx,
  { tasks, clock }: Deps,
  { about, suggestion }: { about: AboutTerminal; suggestion: string },
): Promise<void> {
  const { facilityId, terminalId } = about
  await tasks.open(tx, {
    ...{ facilityId, terminalId, suggestion, subjectId: terminalId },
    ...{ kind: 'TERMINAL_ALARM', dueAt: clock.now() },
  })
}

function rememberLately(clock: Clock): (what: string) => boolean {
  const notedAtMs = new Map<string, number>()
  return (what) => {
    const nowMs = clock.now().getTime()
    const before = notedAtMs.get(what)
    if (before !== undefined && nowMs - before < NOTED_AGAIN_MS) return false
    if (notedAtMs.size >= MOST_REMEMBERED) notedAtMs.clear()
    notedAtMs.set(what, nowMs)
    return true
  }
}
