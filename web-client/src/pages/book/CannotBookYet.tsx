import {
  FailureNotice,
  Icon,
  Notice,
  PageHeading,
  Progress,
  buttonClass,
  useResource,
} from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'

/** Nobody can be visited yet: the three things it takes, how far each is, and which is next. */
export function CannotBookYet() {
  const { t } = useTranslation()
  const { call } = useSession()
  const profile = useResource(useCallback(() => call('profile', {}), [call]))
  const people = useResource(useCallback(() => call('myRelationships', {}), [call]))
  return (
    <AccountPage>
      <div className="vv-stack">
        <PageHeading>{t('booking.notYetTitle')}</PageHeading>
        {(profile.phase === 'loading' || people.phase === 'loading') && <Progress />}
        {profile.phase === 'failed' && (
          <FailureNotice code={profile.code} onRetry={profile.reload} />
        )}
        {people.phase === 'failed' && <FailureNotice code={people.code} onRetry={people.reload} />}
        {profile.phase === 'ready' && people.phase === 'ready' && (
          <Steps profile={profile.data} relationships={people.data.relationships} />
        )}
      </div>
    </AccountPage>
  )
}

type StepsProps = {
  readonly profile: Reply<'profile'>
  readonly relationships: Reply<'myRelationships'>['relationships']
}

function Steps({ profile: { verification }, relationships }: StepsProps) {
  const { t } = useTranslation()
  const isAsked = relationships.some(({ state }) => state === 'REQUESTED' || state === 'APPROVED')
  const isSent = verification === 'SUBMITTED' || verification === 'VERIFIED'
  const isAnswered =
    verification === 'VERIFIED' && relationships.some(({ state }) => state === 'APPROVED')
  if (isAnswered) return <NobodyNow />
  return (
    <>
      <p>{t('booking.notYetIntro')}</p>
      <ol className="vv-todo">
        <Todo isDone={isSent} words={t('booking.todo.documents')} to="/profile" />
        <Todo isDone={isAsked} words={t('booking.todo.ask')} to="/people" />
        <Todo isDone={false} words={t('booking.todo.answers')} to="/people" />
      </ol>
      <p>
        <Link to={isSent ? '/people' : '/profile'} className={buttonClass({ isWide: true })}>
          {t(isSent ? 'nav.people' : 'nav.profile')}
        </Link>
      </p>
    </>
  )
}

/** All three things are done: what is in the way is not this person’s to do. */
function NobodyNow() {
  const { t } = useTranslation()
  return (
    <>
      <Notice>{t('booking.nobodyNow')}</Notice>
      <p>
        <Link to="/people" className={buttonClass({ isWide: true })}>
          {t('nav.people')}
        </Link>
      </p>
    </>
  )
}

function Todo({ isDone, words, to }: { isDone: boolean; words: string; to: string }) {
  const { t } = useTranslation()
  return (
    <li className={isDone ? 'vv-todo__item vv-todo__item--done' : 'vv-todo__item'}>
      {isDone && <Icon name="check" />}
      <span>
        {isDone ? words : <Link to={to}>{words}</Link>}
        <span className="vv-soft vv-small">
          {' '}
          {t(isDone ? 'booking.todo.done' : 'booking.todo.open')}
        </span>
      </span>
    </li>
  )
}
