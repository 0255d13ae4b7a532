import { Button, Notice, Page, PageHeading, Progress, buttonClass } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../session/session.ts'
import { AccountPage } from './AccountPage.tsx'

/** After signing out: safe to leave the device to somebody else, unless the server did not hear of it. */
export function SignedOutPage() {
  const { t } = useTranslation()
  const { session } = useSession()
  if (session.phase === 'loading') return <Waiting />
  if (session.phase === 'signedIn' || session.phase === 'failed') return <StillSignedIn />
  return (
    <Page>
      <div className="vv-stack">
        <PageHeading>{t('signedOut.title')}</PageHeading>
        <p>{t('signedOut.body')}</p>
        <p>
          <Link to="/sign-in" className={buttonClass()}>
            {t('signedOut.again')}
          </Link>
        </p>
      </div>
    </Page>
  )
}

function StillSignedIn() {
  const { t } = useTranslation()
  const { signOut } = useSession()
  return (
    <Page>
      <div className="vv-stack">
        <PageHeading>{t('signedOut.stillTitle')}</PageHeading>
        <Notice tone="warn">{t('signedOut.stillBody')}</Notice>
        <div>
          <Button onClick={() => void signOut()}>{t('common.signOut')}</Button>
        </div>
      </div>
    </Page>
  )
}

function Waiting() {
  return (
    <Page>
      <Progress />
    </Page>
  )
}

/** An address that no page has. */
export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <Page>
      <div className="vv-stack">
        <PageHeading>{t('notFound.title')}</PageHeading>
        <p>{t('notFound.body')}</p>
        <p>
          <Link to="/">{t('notFound.home')}</Link>
        </p>
      </div>
    </Page>
  )
}

/** A role whose pages come later. */
export function NoPagesPage() {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack">
        <PageHeading>{t('noPages.title')}</PageHeading>
        <p>{t('noPages.body')}</p>
      </div>
    </AccountPage>
  )
}
