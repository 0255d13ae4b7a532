import { Notice } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useOffice } from '../parts/use-office.ts'
import type { DecisionProps } from './TaskPanel.tsx'

/** Something about recordings: what it is, and where an administrator decides it (RC-6, RC-7). */
export function RecordingsDecision({ task: { kind } }: DecisionProps) {
  const { t } = useTranslation()
  const { isAdmin } = useOffice()
  if (kind === 'RECORDING_ALARM') return <Notice tone="bad" title={t('recordingTask.ALARM')} />
  const isExport = kind === 'DECIDE_EXPORT'
  return (
    <Notice title={t(isExport ? 'recordingTask.EXPORT' : 'recordingTask.KEPT')}>
      {isAdmin && (
        <p>
          <Link to={isExport ? '/exports' : '/retention'}>
            {t(isExport ? 'recordingTask.toExports' : 'recordingTask.toKept')}
          </Link>
        </p>
      )}
    </Notice>
  )
}
