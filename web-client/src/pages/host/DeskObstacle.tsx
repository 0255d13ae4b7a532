import { Notice, clockTime, dayName } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../office/parts/use-act.ts'

type DeskObstacleProps = { readonly failure: Failure | null; readonly timeZone: string }

/** What something at the desk waits for, beyond the words of its code: a time, or somebody. */
export function DeskObstacle({ failure, timeZone }: DeskObstacleProps) {
  const { t, i18n } = useTranslation()
  const local = { language: i18n.language, timeZone }
  if (failure?.liftsAt !== undefined) {
    const { liftsAt } = failure
    const when = { day: dayName(liftsAt, local), time: clockTime(liftsAt, local) }
    return <Notice tone="warn" title={t('host.opens', when)} />
  }
  const field = failure?.fields?.[0]?.field
  return isKnown(field) ? <Notice tone="warn" title={t(`host.obstacle.${field}`)} /> : null
}

const KNOWN = ['checkIns', 'visitors', 'account'] as const

function isKnown(field: string | undefined): field is (typeof KNOWN)[number] {
  return KNOWN.some((each) => each === field)
}
