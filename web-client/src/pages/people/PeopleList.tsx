import { FailureNotice, PageHeading, Panel, Progress, buttonClass, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { PersonCard } from './PersonCard.tsx'

/** Whom the visitor asked to meet, how far each request is, and the way to ask for another. */
export function PeopleList() {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack">
        <PageHeading>{t('people.title')}</PageHeading>
        <p>{t('people.intro')}</p>
        <List />
        <p>
          <Link to="/people/ask" className={buttonClass({ isWide: true })}>
            {t('people.ask')}
          </Link>
        </p>
      </div>
    </AccountPage>
  )
}

function List() {
  const { t } = useTranslation()
  const { call } = useSession()
  const list = useResource(useCallback(() => call('myRelationships', {}), [call]))
  if (list.phase === 'loading') return <Progress />
  if (list.phase === 'failed') return <FailureNotice code={list.code} onRetry={list.reload} />
  const { relationships } = list.data
  if (relationships.length === 0) {
    return (
      <Panel>
        <h2>{t('people.emptyTitle')}</h2>
        <p className="vv-soft">{t('people.emptyBody')}</p>
      </Panel>
    )
  }
  return (
    <ul className="vv-list">
      {relationships.map((each) => (
        <li key={each.requestId ?? each.relationshipId}>
          <PersonCard relationship={each} onChange={list.reload} />
        </li>
      ))}
    </ul>
  )
}
