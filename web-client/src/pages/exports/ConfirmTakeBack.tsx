import { ConfirmDialog, FailureNotice } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { useAct } from '../office/parts/use-act.ts'
import type { Export } from './export-rules.ts'

type TakeBackProps = {
  readonly item: Export
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Ends an export before its time; the archive is destroyed. */
export function ConfirmTakeBack({ item, onClose, onDone }: TakeBackProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const { exportId, recipient } = item
  const takeBack = async () => {
    const done = await act.run(() => call('takeBackExport', { params: { exportId } }))
    if (done === null) return
    onClose()
    onDone()
  }
  return (
    <ConfirmDialog
      title={t('exports.takeBackTitle', { recipient })}
      confirmLabel={t('exports.takeBack')}
      isBusy={act.isBusy}
      onConfirm={() => void takeBack()}
      onCancel={onClose}
    >
      <p>{t('exports.takeBackBody')}</p>
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
    </ConfirmDialog>
  )
}
