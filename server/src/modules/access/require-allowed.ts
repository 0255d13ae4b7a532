import { Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import { noteRule } from '../../platform/allowed-by.ts'
import { decide } from './access-rules.ts'
import type { Action, Asker, Thing } from './access-rules.ts'

/**
 * Lets through who may do that, and notes the rule for the audit entries of the request; refuses everybody else.
 * `absent`: what is answered for something that is nowhere.
 */
export function requireAllowed(
  asker: Asker,
  action: Action,
  { absent, ...thing }: Thing & { readonly absent: ErrorCode },
): void {
  const decision = decide(asker, action, thing)
  if (!decision.isAllowed) {
    throw new Refusal(decision.code === 'ABSENT' ? absent : decision.code)
  }
  noteRule(decision.rule)
}
