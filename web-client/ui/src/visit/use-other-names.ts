import type { VisitSnapshot } from '@visavis/contract/visit'
import { useNames } from './use-names.ts'

/** Names of the other party, as one speaks of them. */
export function useOtherNames({ others, you }: VisitSnapshot): string {
  const names = useNames()
  return names(
    others.filter(({ party }) => party !== you.party).map(({ displayName }) => displayName),
  )
}
