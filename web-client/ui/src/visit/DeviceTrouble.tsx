import { useTranslation } from 'react-i18next'
import { Button, Notice } from '../index.ts'
import { browserKindOf } from './browser-kind.ts'
import type { Trouble } from './device-trouble.ts'

type TroubleProps = {
  readonly trouble: Trouble
  readonly onRetry: () => void
  /** The person can change this browser's settings; nobody can at a terminal. */
  readonly isOwnBrowser?: boolean
}

/** Why a camera or microphone does not work, and the way out (LV-10). */
export function DeviceTrouble({ trouble, onRetry, isOwnBrowser = false }: TroubleProps) {
  const { t } = useTranslation()
  return (
    <Notice tone="warn" title={t(`device.${trouble.failure}.happened`)} live="alert">
      <p>{t(cureOf(trouble, isOwnBrowser))}</p>
      <Button onClick={onRetry}>{t('common.tryAgain')}</Button>
    </Notice>
  )
}

/** Where a permission is given differs from browser to browser; everything else is the same everywhere. */
function cureOf({ failure }: Trouble, isOwnBrowser: boolean): string {
  if (failure !== 'PERMISSION_DENIED' || !isOwnBrowser) return `device.${failure}.cure`
  return `device.permission.${browserKindOf(navigator.userAgent, navigator.maxTouchPoints)}`
}
