import { useTranslation } from 'react-i18next'
import { useDateWords } from '../../forms/use-date-words.ts'
import type { Bookable } from './types.ts'

const MINUTE_MS = 60_000

/** How many visits are left and when new ones come; nothing where visits are not counted (BK-9). */
export function QuotaLine({ quota: { left, renewsAt, creditMs } }: Pick<Bookable, 'quota'>) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const minutes = Math.floor(creditMs / MINUTE_MS)
  const words = [
    left === null ? '' : t('booking.quotaLeft', { count: left }),
    left !== null && renewsAt !== null
      ? t('booking.quotaRenews', { date: dateWords(renewsAt) })
      : '',
    minutes > 0 ? t('booking.credit', { count: minutes }) : '',
  ]
  return words.filter((each) => each !== '').join(' ')
}
