import { Button } from '@visavis/ui'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'

/** Asks whether somebody is still there. Any touch answers it: the count begins anew and this goes away. */
export function IdleWarning({ secondsLeft }: { secondsLeft: number }) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} role="alertdialog" className="vv-dialog" aria-labelledby={titleId}>
      <div className="vv-stack vv-stack--near">
        <h2 id={titleId}>{t('idle.title')}</h2>
        {/* Said once when the dialog opens; a count said aloud each second would drown everything. */}
        <p aria-live="off" className="vv-numbers">
          {t('idle.body', { count: secondsLeft })}
        </p>
        <Button autoFocus>{t('idle.stay')}</Button>
      </div>
    </dialog>
  )
}
