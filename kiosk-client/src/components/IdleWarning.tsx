import { Button, Dialog } from '@visavis/ui'
import { useTranslation } from 'react-i18next'

/** Asks whether somebody is still there. Any touch or key answers it: the count begins anew and this goes away. */
export function IdleWarning({ secondsLeft }: { secondsLeft: number }) {
  const { t } = useTranslation()
  return (
    <Dialog isAlert title={t('idle.title')} onClose={null}>
      {/* Said once when the dialog opens; a count said aloud each second would drown everything. */}
      <p aria-live="off" className="vv-numbers">
        {t('idle.body', { count: secondsLeft })}
      </p>
      <Button autoFocus>{t('idle.stay')}</Button>
    </Dialog>
  )
}
