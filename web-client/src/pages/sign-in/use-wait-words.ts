import { clockTime, ownZone, useLanguage } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useTranslation } from 'react-i18next'

type Refused = { readonly code: FailureCode; readonly liftsAt?: string }

/** Until when one has to wait after too many wrong tries, and what can be done at once; null: it is no such refusal. */
export function useWaitWords(): (refused: Refused) => string | null {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return ({ code, liftsAt }) => {
    if (code !== 'SIGN_IN_WAITS' || liftsAt === undefined) return null
    const until = new Date(Date.parse(liftsAt) + MINUTE_MS).toISOString()
    return t('signIn.waits', { time: clockTime(until, { language, timeZone: ownZone() }) })
  }
}

/** Clocks on pages show whole minutes, and nobody is to come too early. */
const MINUTE_MS = 60_000
