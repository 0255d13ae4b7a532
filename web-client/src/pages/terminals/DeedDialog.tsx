import { ConfirmDialog, FailureNotice } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useAct } from '../office/parts/use-act.ts'

type DeedProps = {
  readonly title: string
  readonly confirmLabel: string
  readonly work: () => Promise<Result<unknown>>
  readonly onDone: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks once more before something is done to a terminal, and does it. */
export function DeedDialog({ title, confirmLabel, work, onDone, onClose, children }: DeedProps) {
  const act = useAct()
  const confirm = async () => {
    if ((await act.run(work)) !== null) onDone()
  }
  return (
    <ConfirmDialog
      title={title}
      confirmLabel={confirmLabel}
      isBusy={act.isBusy}
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      {children}
      {act.failure && <FailureNotice code={act.failure.code} />}
    </ConfirmDialog>
  )
}
