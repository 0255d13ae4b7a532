import { Button, FailureNotice, Notice, SummaryList, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { NoticeTable } from '../day/NoticeTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { useAct } from '../parts/use-act.ts'
import { useSettle } from './SettleTask.tsx'
import type { DecisionProps } from './TaskPanel.tsx'

/** Somebody must be called: a message did not arrive, or what happened is not for a message (BK-13). */
export function CallDecision({ task, onDone }: DecisionProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const visitorId = task.visitor?.visitorId ?? ''
  const load = useCallback(() => call('visitor', { params: { visitorId } }), [call, visitorId])
  const isDeath = task.kind === 'INMATE_DIED'
  return (
    <>
      <Notice
        tone="warn"
        title={t(isDeath ? 'officeInbox.callFamily' : 'officeInbox.pleaseCall')}
      />
      <Loaded from={useResource(load)}>
        {({ visitor: { givenName, familyName, phone, email } }) => (
          <SummaryList
            rows={[
              { term: t('officePeople.name'), value: `${givenName} ${familyName}` },
              {
                term: t('officePeople.phone'),
                value:
                  phone === null ? t('officePeople.noPhone') : <a href={`tel:${phone}`}>{phone}</a>,
              },
              { term: t('officePeople.email'), value: email },
            ]}
          />
        )}
      </Loaded>
      {task.visit && <NoticeTable visitId={task.visit.visitId} />}
      <Called task={task} onDone={onDone} />
    </>
  )
}

function Called({ task, onDone }: DecisionProps) {
  const { t } = useTranslation()
  const settle = useSettle(task)
  const act = useAct()
  const words = t('officeInbox.called')
  const close = async () => {
    if ((await act.run(() => settle('DONE', words))) !== null) onDone(words)
  }
  return (
    <>
      {act.failure && <FailureNotice code={act.failure.code} />}
      <div>
        <Button isBusy={act.isBusy} onClick={() => void close()}>
          {t('officeInbox.haveCalled')}
        </Button>
      </div>
    </>
  )
}
