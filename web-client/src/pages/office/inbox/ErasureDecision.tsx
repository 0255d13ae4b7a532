import { Button, FailureNotice, SelectField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { useAct } from '../parts/use-act.ts'
import type { DecisionProps } from './TaskPanel.tsx'

const REASONS = ['EVIDENCE', 'COURT_ORDER', 'OTHER_LAW'] as const
type Reason = (typeof REASONS)[number]

/** Somebody wants to be erased of whom the facility keeps something: by which law, or it goes by itself. */
export function ErasureDecision({ task, onDone }: DecisionProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [reason, choose] = useState<Reason>(REASONS[0])
  const keep = async () => {
    const params = { erasureId: task.subjectId ?? '' }
    const body = { reason }
    const kept = await act.run(() => call('keepAgainstErasure', { params, body }))
    if (kept !== null) onDone(t('erasure.keptDone'))
  }
  const options = REASONS.map((value) => ({ value, label: t(`erasure.reason.${value}`) }))
  return (
    <div className="vv-stack vv-stack--close">
      <p>{t('erasure.decide')}</p>
      <SelectField
        label={t('erasure.why')}
        options={options}
        value={reason}
        onChoose={(value) => choose(REASONS.find((each) => each === value) ?? REASONS[0])}
      />
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      <div>
        <Button isBusy={act.isBusy} onClick={() => void keep()}>
          {t('erasure.keep')}
        </Button>
      </div>
    </div>
  )
}
