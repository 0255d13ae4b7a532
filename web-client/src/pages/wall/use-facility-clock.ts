import { clockTime } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../session/session.ts'

/** Instants as the facility's clock shows them: the wall lives by it. */
export function useFacilityClock(): (instant: string) => string {
  const { i18n } = useTranslation()
  const { facility } = useMe()
  const options = { language: i18n.language, timeZone: facility?.timeZone ?? 'UTC' }
  return (instant) => clockTime(instant, options)
}
