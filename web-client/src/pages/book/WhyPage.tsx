import { FailureNotice, Progress, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { StepPage } from '../../forms/StepPage.tsx'
import { useSession } from '../../session/session.ts'
import { EligibilityView } from './EligibilityView.tsx'
import { stepPath } from './journey.ts'
import type { Answers } from './journey.ts'
import type { Bookable, Party } from './types.ts'

type WhyPageProps = {
  readonly inmate: Bookable
  readonly party: Party
  readonly answers: Answers
}

/** "Why can't I book?": every rule that was checked, in words (EL-8). */
export function WhyPage({ inmate, party, answers }: WhyPageProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { slotId, visitClass } = answers
  // A string is the same from drawing to drawing, an object is not.
  const asked = JSON.stringify({
    ...party,
    ...(slotId === null ? {} : { slotId }),
    ...(visitClass === null ? {} : { visitClass }),
  })
  const report = useResource(
    useCallback(
      () => call('explainEligibility', { body: JSON.parse(asked) as never }),
      [call, asked],
    ),
  )
  const people = [inmate.you, ...inmate.companions]
  return (
    <StepPage title={t('booking.whyTitle')} back={stepPath(slotId === null ? 'day' : 'time')}>
      {report.phase === 'loading' && <Progress words={t('booking.checking')} />}
      {report.phase === 'failed' && <FailureNotice code={report.code} onRetry={report.reload} />}
      {report.phase === 'ready' && <EligibilityView report={report.data} people={people} />}
    </StepPage>
  )
}
