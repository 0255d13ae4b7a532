import { Button, FailureNotice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import type { Task } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import type { DecisionProps } from './TaskPanel.tsx'

type End = 'DONE' | 'DISMISSED'

/** Closes a task by hand: it was done by other means, or there is nothing to do. */
export function SettleTask({ task, onDone }: DecisionProps) {
  const { t } = useTranslation()
  const [end, setEnd] = useState<End | null>(null)
  const act = useAct()
  const settle = useSettle(task)
  const send = async (state: End, resolution: string) => {
    if ((await act.run(() => settle(state, resolution))) === null) return
    onDone(t('officeInbox.closed'))
  }
  return (
    <div className="vv-stack vv-stack--close vv-office__foot">
      <div className="vv-row">
        <Button look="quiet" isSmall onClick={() => setEnd('DONE')}>
          {t('officeInbox.doneOtherwise')}
        </Button>
        <Button look="quiet" isSmall onClick={() => setEnd('DISMISSED')}>
          {t('officeInbox.dismiss')}
        </Button>
      </div>
      {end !== null && (
        <ReasonDialog
          title={t(end === 'DONE' ? 'officeInbox.doneOtherwise' : 'officeInbox.dismiss')}
          submitLabel={t('officeInbox.close')}
          act={act}
          onReason={(resolution) => void send(end, resolution)}
          onClose={() => setEnd(null)}
        />
      )}
      {end === null && act.failure && <FailureNotice code={act.failure.code} />}
    </div>
  )
}

/** Closes a task with a word on how it ended. */
export function useSettle({ taskId, version }: Task) {
  const { call } = useSession()
  return (state: End, resolution: string) =>
    call('settleTask', { params: { taskId }, body: { state, resolution, version } })
}
