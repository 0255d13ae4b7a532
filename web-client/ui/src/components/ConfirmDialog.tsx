import { useId } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useModal } from '../hooks/use-modal.ts'
import { Button } from './Button.tsx'
import type { ButtonLook } from './Button.tsx'

type ConfirmDialogProps = {
  readonly title: string
  readonly children: ReactNode
  readonly confirmLabel: string
  /** `danger` if left out: most of what is asked about takes something away. */
  readonly confirmLook?: ButtonLook
  readonly cancelLabel?: string
  readonly isBusy?: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/**
 * Asks before something that cannot be undone. Mount it to open it. The native modal dialog keeps the
 * focus inside, gives it back afterwards and closes on Escape; the safe answer has the focus first.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation()
  const dialog = useModal()
  const titleId = useId()
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      className="vv-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        props.onCancel()
      }}
    >
      <div className="vv-stack vv-stack--near">
        <h2 id={titleId}>{props.title}</h2>
        {props.children}
        <div className="vv-row">
          <Button
            look={props.confirmLook ?? 'danger'}
            isBusy={props.isBusy ?? false}
            onClick={props.onConfirm}
          >
            {props.confirmLabel}
          </Button>
          <Button look="secondary" autoFocus onClick={props.onCancel}>
            {props.cancelLabel ?? t('common.cancel')}
          </Button>
        </div>
      </div>
    </dialog>
  )
}
