import { Page, PageHeading, buttonClass } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AccountPage } from './AccountPage.tsx'

/** After signing out: safe to leave the device to somebody else. */
export function SignedOutPage() {
  const { t } = useTranslation()
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
