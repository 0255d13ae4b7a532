import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { BrandMark } from './Icon.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'

/** The service's name; the same in every language. */
export const BRAND = 'Vis-à-vis'

/** Who is signed in, the way to what is their own, and the way out. */
export type Account = {
  readonly displayName: string
  readonly link?: ReactNode
  readonly onSignOut: () => void
}

/** Brand, languages, and the signed-in person with the way out. */
export function SiteHeader({ account }: { account?: Account }) {
  const { t } = useTranslation()
  return (
    <header className="vv-header">
      <div className="vv-header__inner">
        <a className="vv-brand" href={import.meta.env.BASE_URL} aria-label={BRAND}>
          <BrandMark />
          <span translate="no">{BRAND}</span>
        </a>
        {account && (
          <div className="vv-header__account">
            <span className="vv-soft">
              <span className="govuk-visually-hidden">{t('common.signedInAs')}</span>{' '}
              {account.displayName}
            </span>
            {account.link}
            <Button look="quiet" isSmall onClick={account.onSignOut}>
              {t('common.signOut')}
            </Button>
          </div>
        )}
        <LanguageSwitch />
      </div>
    </header>
  )
}
