import { Refusal, panic } from '@visavis/contract/errors'
import type { DisableReason } from '@visavis/contract/terminal-health'
import type { RevokeReason } from '@visavis/contract/terminal-proof-shapes'
import type { Tx } from '../../platform/transact.ts'
import {
  auditActorOf,
  endTerminalKey,
  forgivePins,
  requireFacility,
  requireReach,
} from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { careViewOf, isEnrolled } from './terminal-view.ts'
import type { TerminalCareInput } from './terminal-view.ts'
import type { TerminalsDeps } from './terminals-parts.ts'
import type { CaredTerminal } from './terminals.repo.ts'

type Given = {
  readonly actor: AccountActor
  readonly terminalId: string
  readonly requestId: string
}
type Deed = Given & {
  readonly verb: 'restart' | 'disable' | 'enable' | 'revokeKey' | 'forgivePins'
  readonly reason?: string
  readonly isForced?: boolean
}

/** What those do who look after terminals. */
export function createCareService(deps: TerminalsDeps) {
  const { repo, clock } = deps
  return {
    list: async (actor: AccountActor): Promise<TerminalCareInput[]> =>
      viewsOf(await repo.within(requireReach(actor)), deps),
    restart: (given: Given & { isForced: boolean }) =>
      act(deps, { ...given, verb: 'restart' }, async (tx, row) => {
        if (!isEnrolled(row)) throw new Refusal('TERMINAL_NOT_ENROLLED')
        const { isForced } = given
        await repo.askRestart(tx, row.terminalId, { at: clock.now(), isForced })
      }),
    /** Out of service; who is in a running visit may finish it unless forced, everybody else is signed out. */
    disable: (given: Given & { reason: DisableReason; isForced: boolean }) =>
      act(deps, { ...given, verb: 'disable' }, async (tx, { terminalId }) => {
        const at = clock.now()
        await repo.disable(tx, terminalId, { at, reason: given.reason })
        await repo.signOut(tx, terminalId, { at, isForced: given.isForced })
      }),
    enable: (given: Given) =>
      act(deps, { ...given, verb: 'enable' }, (tx, { terminalId }) => repo.enable(tx, terminalId)),
    /** TR-5: the key is worth nothing from now on; whoever is at the terminal is out, in a visit as well. */
    revokeKey: (given: Given & { reason: RevokeReason }) =>
      act(deps, { ...given, verb: 'revokeKey' }, async (tx, { terminalId }) => {
        const { reason, actor } = given
        const end = { terminalId, at: clock.now(), reason, endedBy: actor.accountId }
        if (!(await endTerminalKey(tx, end))) throw new Refusal('TERMINAL_NOT_ENROLLED')
      }),
    /** Who has to wait there after wrong PINs may try again. */
    forgivePins: (given: Given) =>
      act(deps, { ...given, verb: 'forgivePins' }, (tx, { terminalId }) =>
        forgivePins(tx, terminalId),
      ),
  }
}

/** Does something to a terminal of the actor's own facility, with its audit entry; answers it as it then is. */
async function act(
  deps: TerminalsDeps,
  deed: Deed,
  work: (tx: Tx, row: CaredTerminal) => Promise<void>,
): Promise<TerminalCareInput> {
  const { repo, transact } = deps
  const { terminalId, actor } = deed
  const row = await transact(async (tx) => {
    const found = await repo.one(terminalId, tx)
    if (!found) throw new Refusal('NOT_FOUND')
    requireFacility(actor, found.facilityId)
    await work(tx, found)
    await enter(tx, deed, deps)
    return (await repo.one(terminalId, tx)) ?? found
  })
  const [view] = await viewsOf([row], deps)
  return view ?? panic('a terminal without its view')
}

async function viewsOf(
  rows: readonly CaredTerminal[],
  { repo, clock }: TerminalsDeps,
): Promise<TerminalCareInput[]> {
  const now = clock.now()
  const open = await repo.openFacilities([...new Set(rows.map((row) => row.facilityId))], now)
  const tests = await repo.lastTests(rows.map(({ terminalId }) => terminalId))
  return rows.map((row) =>
    careViewOf(row, {
      now,
      isOpen: open.has(row.facilityId),
      lastTest: tests.get(row.terminalId),
    }),
  )
}

async function enter(tx: Tx, deed: Deed, { audit }: TerminalsDeps): Promise<void> {
  const { actor, terminalId, verb, requestId, reason, isForced } = deed
  await audit.append(tx, {
    facilityId: actor.facilityId,
    actor: auditActorOf(actor),
    action: `terminal.${verb}`,
    object: { type: 'terminal', objectId: terminalId },
    outcome: 'allow',
    requestId,
    ...(reason === undefined ? {} : { reason }),
    ...(isForced === undefined ? {} : { detail: { isForced } }),
  })
}
