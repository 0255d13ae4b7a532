import type { TerminalHealth } from '@visavis/contract/terminal-health'
import type { Tx } from '../../platform/transact.ts'
import type { TerminalActor } from '../identity/index.ts'
import { restartAt } from './beat-rules.ts'
import { disabledReasonOf } from './terminal-view.ts'
import type { TerminalsDeps } from './terminals-parts.ts'
import type { CaredTerminal } from './terminals.repo.ts'

type Beat = {
  readonly actor: TerminalActor
  readonly pageId: string
  readonly health: TerminalHealth
  readonly requestId: string
}

/** What terminals tell of themselves, and what they are told to do. */
export function createBeatsService(deps: TerminalsDeps) {
  const { repo, clock, transact } = deps
  return {
    /** Keeps what the terminal told, and answers what it is to do. */
    async beat(beat: Beat) {
      const { terminalId } = beat.actor
      const { pageId, health } = beat
      const row = await transact(async (tx) => {
        await repo.keepBeat(tx, terminalId, { beatAt: clock.now(), pageId, health })
        return repo.one(terminalId, tx)
      })
      return {
        isRestartDue: row !== null && (await restart(row, beat, deps)),
        disabled: row === null ? null : await disabledOf(row, deps),
      }
    },
  }
}

/** Whether the page is to load anew now; notes the restart's end when another page has come. */
async function restart(row: CaredTerminal, beat: Beat, deps: TerminalsDeps): Promise<boolean> {
  const { repo, transact } = deps
  const { terminalId } = row
  const askedAt = row.beat?.restartAskedAt ?? null
  if (row.beat === null || askedAt === null) return false
  const { restartPageId, isRestartForced } = row.beat
  const asked = { pageId: restartPageId, isForced: isRestartForced }
  const course = restartAt(asked, { pageId: beat.pageId, isBusy: beat.health.isBusy })
  if (course === 'DONE') await transact((tx) => endRestart(tx, { row, askedAt, beat }, deps))
  else if (restartPageId === null) {
    await transact((tx) => repo.nameRestartPage(tx, terminalId, beat.pageId))
  }
  return course === 'DUE'
}

async function endRestart(
  tx: Tx,
  { row, askedAt, beat }: { row: CaredTerminal; askedAt: Date; beat: Beat },
  { repo, audit }: TerminalsDeps,
): Promise<void> {
  const { terminalId, facilityId } = row
  if (!(await repo.endRestart(tx, terminalId, askedAt))) return
  await audit.append(tx, {
    facilityId,
    actor: { type: 'terminal', actorId: terminalId },
    action: 'terminal.restarted',
    object: { type: 'terminal', objectId: terminalId },
    outcome: 'allow',
    requestId: beat.requestId,
  })
}

async function disabledOf(row: CaredTerminal, { repo, clock }: TerminalsDeps) {
  if (row.disabledAt === null) return null
  // Whose sign-in may not go on was signed out when the terminal was taken out of service.
  const mayFinish = await repo.hasVisitor(row.terminalId, clock.now())
  return { reason: disabledReasonOf(row), mayFinish }
}
