import { Notice, SummaryList, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { NoticeTable } from '../day/NoticeTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import type { DecisionProps } from './TaskPanel.tsx'

/** A message that did not arrive: whom to call, and what they should have read. */
export function BouncedNotice({ task }: DecisionProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const visitorId = task.visitor?.visitorId ?? ''
  const load = useCallback(() => call('visitor', { params: { visitorId } }), [call, visitorId])
  return (
    <>
      <Notice tone="warn" title={t('officeInbox.pleaseCall')} />
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
    </>
  )
}
