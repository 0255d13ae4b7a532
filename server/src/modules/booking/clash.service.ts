import { Refusal } from '@visavis/contract/errors'
import type { Tx } from '../../platform/transact.ts'
import type { BookingDeps } from './booking-act.ts'
import type { HoldAsk, RingAsk } from './booking-api.ts'

/** SQLSTATEs of a claim or a slot's place that somebody else has. */
const CLASHES = ['23P01', '23505']

/** Whether the database refused it for what somebody else has. */
export function isLostRace(
  error: unknown,
  { stateOf }: Pick<BookingDeps['repo'], 'stateOf'>,
): boolean {
  return CLASHES.includes(stateOf(error) ?? '')
}

type Clash = { readonly error: unknown; readonly ask: HoldAsk | RingAsk }

/**
 * BK-4. What somebody is told who lost a race as often as it was tried: who of theirs is busy, or that
 * there is no place. Every other error stays what it is.
 */
export async function clashRefusal(
  db: Tx,
  { error, ask }: Clash,
  { repo, holds }: Pick<BookingDeps, 'repo' | 'holds'>,
): Promise<unknown> {
  if (!isLostRace(error, repo)) return error
  const time = 'slotId' in ask ? await holds.facts(db, ask.slotId, ask.inmateId) : ask
  if (time === null) return new Refusal('SLOT_NOT_FOUND')
  const { startsAt, endsAt } = time
  const busy = await repo.whoIsBusy(db, { ...ask, startsAt, endsAt })
  return new Refusal(busy === null ? 'NO_PLACE' : `${busy}_BUSY`)
}
