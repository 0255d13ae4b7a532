import { Refusal } from '@visavis/contract/errors'
import type { AccountActor } from '../identity/index.ts'
import type { AdviceRepo, CountedAdvice } from './advice.repo.ts'

/** Figures of the caller's own facility (TR-3), from one of its days to another, both included. */
export async function figuresFor(
  repo: Pick<AdviceRepo, 'counted'>,
  { facilityId }: Pick<AccountActor, 'facilityId'>,
  days: { readonly from: string; readonly to: string },
): Promise<{ figures: CountedAdvice[] }> {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return { figures: await repo.counted({ facilityId, ...days }) }
}
