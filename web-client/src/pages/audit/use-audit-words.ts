import { localeOf } from '@visavis/ui'
import { useTranslation } from 'react-i18next'

/** Words of the log's own codes, and times to the millisecond: the log lives by UTC. */
export function useAuditWords() {
  const { t, i18n } = useTranslation()
  const time = new Intl.DateTimeFormat(localeOf(i18n.language), {
    ...{ dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' },
  })
  return {
    time: (instant: string) => `${time.format(new Date(instant))} UTC`,
    actor: (type: string) => t(`audit.actor.${type}`, { defaultValue: type }),
    outcome: (outcome: 'allow' | 'deny' | 'error') => t(`audit.outcome.${outcome}`),
    tone: (outcome: string) => (outcome === 'allow' ? ('good' as const) : ('bad' as const)),
  }
}
