import { PageHeading } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AccountPage } from '../../AccountPage.tsx'

type OfficeFrameProps = {
  readonly title: string
  /** Where this page was come from; `-1` would leave the site after a reload. */
  readonly back?: string
  readonly children: ReactNode
}

/** A page of the visits office: wide, with its heading and the way back. */
export function OfficeFrame({ title, back, children }: OfficeFrameProps) {
  const { t } = useTranslation()
  return (
    <AccountPage width="wide">
      <div className="vv-stack vv-office">
        {back !== undefined && (
          <Link to={back} className="vv-back vv-office__back vv-no-print">
            {t('common.back')}
          </Link>
        )}
        <PageHeading key={title}>{title}</PageHeading>
        {children}
      </div>
    </AccountPage>
  )
}
