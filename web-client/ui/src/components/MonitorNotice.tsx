import type { MediaPolicy } from '@visavis/contract/media-policy'
import { useTranslation } from 'react-i18next'
import { Notice } from './Notice.tsx'

/** Tells, before it begins, whether a visit may be watched and whether it is recorded (OV-3). */
export function MonitorNotice({ policy }: { policy: MediaPolicy }) {
  const { t } = useTranslation()
  const isPrivate = policy.monitor === 'NONE' && !policy.isRecorded
  return (
    <Notice title={t('notice.title')} icon={isPrivate ? 'lock' : 'eye'}>
      <p>{t(`notice.monitor.${policy.monitor}`)}</p>
      <p>{t(policy.isRecorded ? 'notice.recorded' : 'notice.notRecorded')}</p>
    </Notice>
  )
}
