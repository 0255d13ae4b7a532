import { useTranslation } from 'react-i18next'
import { Button, Notice } from '../index.ts'
import type { Trouble } from './device-trouble.ts'

/** Why a camera or microphone does not work, and the way out (LV-10). */
export function DeviceTrouble({ trouble, onRetry }: { trouble: Trouble; onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <Notice tone="warn" title={t(`device.${trouble.failure}.happened`)} live="alert">
      <p>{t(`device.${trouble.failure}.cure`)}</p>
      <Button onClick={onRetry}>{t('common.tryAgain')}</Button>
    </Notice>
  )
}
