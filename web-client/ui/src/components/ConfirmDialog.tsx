import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import type { ButtonLook } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

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

/** Asks before something that cannot be undone; the safe answer has the focus first. Mount it to open it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog isAlert title={props.title} onClose={props.onCancel}>
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
    </Dialog>
  )
}
