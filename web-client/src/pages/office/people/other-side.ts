import type { SelectOption } from '@visavis/ui'
import type { Bond } from '../parts/types.ts'
import type { About } from './RestrictionSection.tsx'

/** Of a relationship the person on the other side, to choose from a list. */
export function otherOf({ visitor, inmate }: Bond, { visitorId }: About): SelectOption {
  return visitorId === undefined
    ? { value: visitor.visitorId, label: `${visitor.givenName} ${visitor.familyName}` }
    : {
        value: inmate.inmateId,
        label: `${inmate.givenName} ${inmate.familyName} (${inmate.inmateNumber})`,
      }
}
