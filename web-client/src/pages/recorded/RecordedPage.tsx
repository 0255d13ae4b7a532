import { PageHeading, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { Loaded } from '../office/parts/Loaded.tsx'
import { RecordedVisit } from './RecordedVisit.tsx'

/** What was recorded of me, until when it is kept, who looked at it, and how to object (RC-7). */
export function RecordedPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('recordedOfMe', {}), [call]))
  return (
    <AccountPage>
      <div className="vv-stack">
        <PageHeading>{t('recorded.title')}</PageHeading>
        <p>{t('recorded.intro')}</p>
        <Loaded from={loaded}>
          {({ visits, rules }, reload) => (
            <>
              {rules !== null && <p>{t('recorded.rules', { count: rules.social })}</p>}
              {visits.length === 0 && <p className="vv-soft">{t('recorded.none')}</p>}
              <ul className="vv-list">
                {visits.map((visit) => (
                  <li key={visit.visitId}>
                    <RecordedVisit visit={visit} onDone={reload} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
      </div>
    </AccountPage>
  )
}
