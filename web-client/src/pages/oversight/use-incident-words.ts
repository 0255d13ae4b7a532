import { ANY_FLAG_CATEGORIES } from '@visavis/contract/flag-kinds'
import { HELP_NEEDS } from '@visavis/contract/help-kinds'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { OUTCOMES_LIST } from './outcomes.ts'

type Incident = Reply<'shift'>['incidents'][number]

/** What happened, in words; a code that has none is left out. */
export function useIncidentWords(): (incident: Incident) => string {
  const { t } = useTranslation()
  const more = ({ kind, code }: Incident): string | null => {
    const category = ANY_FLAG_CATEGORIES.find((one) => kind === 'FLAGGED' && one === code)
    if (category) return t(`coverage.categoryOf.${category}`)
    const need = HELP_NEEDS.find((one) => kind === 'HELP_CALLED' && one === code)
    if (need) return t(`help.need.${need}`)
    const outcome = OUTCOMES_LIST.find((one) => kind === 'FAILED' && one === code)
    return outcome ? t(`outcomeShort.${outcome}`) : null
  }
  return (incident) => {
    const words = t(`oversight.shift.incident.${incident.kind}`)
    const what = more(incident)
    return what === null ? words : `${words}: ${what}`
  }
}
