import { ConfirmDialog, FailureNotice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import type { Asking } from './RequestsSection.tsx'
import { useAct } from './use-desk.ts'

type AnswerDialogProps = {
  readonly request: Asking
  readonly isAccepted: boolean
  readonly onDone: () => void
  readonly onCancel: () => void
}

/** Asks once more before a yes or a no goes out; it cannot be taken back here. */
export function AnswerDialog({ request, isAccepted, onDone, onCancel }: AnswerDialogProps) {
  const { t } = useTranslation()
  const { isBusy, failure, run } = useAct()
  const [key] = useState(() => crypto.randomUUID())
  const { relationshipId, displayName: name } = request
  const answer = async () => {
    const done = await run(() =>
      callApi('answerRequest', { params: { relationshipId }, body: { isAccepted }, key }),
    )
    if (done !== null) onDone()
  }
  return (
    <ConfirmDialog
      title={t(isAccepted ? 'desk.yesTitle' : 'desk.noTitle', { name })}
      confirmLabel={t(isAccepted ? 'desk.yesConfirm' : 'desk.noConfirm', { name })}
      confirmLook={isAccepted ? 'primary' : 'danger'}
      isBusy={isBusy}
      onConfirm={() => void answer()}
      onCancel={onCancel}
    >
      <p>{t(isAccepted ? 'desk.yesBody' : 'desk.noBody', { name })}</p>
      {failure !== null && <FailureNotice code={failure} />}
    </ConfirmDialog>
  )
}
