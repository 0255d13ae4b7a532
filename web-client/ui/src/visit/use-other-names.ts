import type { VisitSnapshot } from '@visavis/contract/visit'
import { camerasFirst } from './company-rules.ts'
import { useNames } from './use-names.ts'

/** Names of those of the other party whom one meets, as one speaks of them. */
export function useOtherNames({ others, you }: VisitSnapshot): string {
  const names = useNames()
  return names(
    camerasFirst(others)
      .filter(({ party, role }) => party !== you.party && role === 'PERSON')
      .map(({ displayName }) => displayName),
  )
}
