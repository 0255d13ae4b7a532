import { SummaryList, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { RegisterCheck } from '../people/RegisterCheck.tsx'
import type { DecisionProps } from './TaskPanel.tsx'

/** A lawyer or official, to be looked up in the register by a person. */
export function ProfessionalDecision({ task, onDone }: DecisionProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const visitorId = task.visitor?.visitorId ?? ''
  const load = useCallback(() => call('visitor', { params: { visitorId } }), [call, visitorId])
  return (
    <Loaded from={useResource(load)}>
      {({ visitor }) => (
        <>
          <SummaryList
            rows={[
              { term: t('officePeople.name'), value: `${visitor.givenName} ${visitor.familyName}` },
              {
                term: t('officePeople.identity'),
                value: t(`verification.${visitor.verification}`),
              },
            ]}
          />
          <RegisterCheck visitor={visitor} onDone={onDone} />
        </>
      )}
    </Loaded>
  )
}
