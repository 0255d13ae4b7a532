import type { TerminationReason, WallFeed } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import { ConfirmDialog, FailureNotice, RadioGroup } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TERMINATION_REASON_LIST } from './wall-reasons.ts'

type EndProps = { readonly feed: WallFeed; readonly visitId: string; readonly onClose: () => void }

/** Ends a visit in two steps: the reason first, then the deed (OV-5). */
export function EndVisitDialog(props: EndProps) {
  const [reason, setReason] = useState<TerminationReason | null>(null)
  if (reason === null) return <ReasonStep onChosen={setReason} onClose={props.onClose} />
  return <DeedStep {...props} reason={reason} />
}

type ReasonStepProps = {
  readonly onChosen: (reason: TerminationReason) => void
  readonly onClose: () => void
}

function ReasonStep({ onChosen, onClose }: ReasonStepProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<TerminationReason | null>(null)
  const [isMissing, setIsMissing] = useState(false)
  return (
    <ConfirmDialog
      title={t('wall.endTitle')}
      confirmLabel={t('wall.endNext')}
      onConfirm={() => (reason === null ? setIsMissing(true) : onChosen(reason))}
      onCancel={onClose}
    >
      <RadioGroup
        legend={t('wall.reason')}
        value={reason}
        error={isMissing && reason === null ? t('wall.reasonMissing') : null}
        options={TERMINATION_REASON_LIST.map((value) => ({
          value,
          label: t(`terminationReason.${value}`),
        }))}
        onChoose={(value) =>
          setReason(TERMINATION_REASON_LIST.find((known) => known === value) ?? null)
        }
      />
    </ConfirmDialog>
  )
}

function DeedStep({ feed, visitId, reason, onClose }: EndProps & { reason: TerminationReason }) {
  const { t } = useTranslation()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const end = async () => {
    setIsBusy(true)
    const reply = await feed.endVisit(visitId, reason)
    setIsBusy(false)
    if (reply.ok) onClose()
    else setFailure(reply.code)
  }
  return (
    <ConfirmDialog
      title={t('wall.endSureTitle')}
      confirmLabel={t('wall.endConfirm')}
      isBusy={isBusy}
      onConfirm={() => void end()}
      onCancel={onClose}
    >
      <p>{t('wall.endSureBody', { reason: t(`terminationReason.${reason}`) })}</p>
      {failure !== null && <FailureNotice code={failure} />}
    </ConfirmDialog>
  )
}
