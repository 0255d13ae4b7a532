import type { TerminalCare } from '@visavis/contract/http'
import { LightShape } from '@visavis/contract/preflight-socket'
import { DisableReasonShape, TerminalHealth } from '@visavis/contract/terminal-health'
import { KeyEndReasonShape } from '@visavis/contract/terminal-proof-shapes'
import type { z } from 'zod'
import { outOfOrderBy, troublesOf } from './beat-rules.ts'
import type { Heard, Look } from './beat-rules.ts'
import type { CaredTerminal, LastTest } from './terminals.repo.ts'

/** A terminal as those see it who look after it. */
export type TerminalCareInput = z.input<typeof TerminalCare>

/** What a terminal's row says that it told of itself. */
export function heardOf({ beat }: Pick<CaredTerminal, 'beat'>): Heard {
  return {
    beatAt: beat?.beatAt ?? null,
    // What an older page told of itself may have had another shape: then nothing is known.
    health: TerminalHealth.safeParse(beat?.health).data ?? null,
  }
}

/** Why it is out of service, in the contract's words. */
export function disabledReasonOf({ disabledReason }: Pick<CaredTerminal, 'disabledReason'>) {
  return DisableReasonShape.safeParse(disabledReason).data ?? null
}

/** What the terminal's newest test of itself came to (LV-10). */
function lastTestOf(newest: LastTest | undefined): TerminalCareInput['lastTest'] {
  const light = LightShape.safeParse(newest?.light)
  return newest && light.success ? { light: light.data, madeAt: newest.madeAt.toISOString() } : null
}

/** Whether it has a key that it can prove. */
export function isEnrolled({ keys: [last] }: Pick<CaredTerminal, 'keys'>): boolean {
  return last?.endedAt === null
}

/** How its last key ended, where it has none now. */
function keyEndOf({ keys: [last] }: CaredTerminal): TerminalCareInput['keyEnded'] {
  const reason = KeyEndReasonShape.safeParse(last?.endReason)
  if (!last?.endedAt || !reason.success) return null
  return { at: last.endedAt.toISOString(), reason: reason.data }
}

export function careViewOf(
  row: CaredTerminal,
  look: Look & { readonly lastTest: LastTest | undefined },
): TerminalCareInput {
  const { terminalId, name, wing, disabledAt, beat } = row
  const heard = heardOf(row)
  const isInService = isEnrolled(row) && disabledAt === null
  const troubles = isInService ? troublesOf(heard, look) : []
  return {
    terminalId,
    name,
    wing,
    isEnrolled: isEnrolled(row),
    keyEnded: keyEndOf(row),
    disabled: disabledAt && { at: disabledAt.toISOString(), reason: disabledReasonOf(row) },
    lastBeatAt: heard.beatAt?.toISOString() ?? null,
    health: heard.health,
    troubles,
    isOutOfOrder: outOfOrderBy(troubles) !== null,
    lastTest: lastTestOf(look.lastTest),
    isRestartPending: beat?.restartAskedAt != null,
  }
}
