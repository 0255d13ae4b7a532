import type { LocalMedia } from '@visavis/call'
import { PageHeading, buttonClass } from '@visavis/ui'
import { PreflightPanel } from '@visavis/ui/visit/index.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AccountPage } from '../AccountPage.tsx'
import { OwnDevices } from './OwnDevices.tsx'

type TryProps = { readonly visitId: string; readonly media: LocalMedia }

/** A test days before the visit, when there is time to mend what it finds (LV-10). */
export function TryDevicePage({ visitId, media }: TryProps) {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack vv-wide">
        <PageHeading>{t('tryDevice.title')}</PageHeading>
        <OwnDevices media={media}>
          {() => (
            <>
              <PreflightPanel media={media} visitId={visitId} signInAs="account" />
              <p>
                <Link to="/visits" className={buttonClass({ look: 'secondary' })}>
                  {t('tryDevice.done')}
                </Link>
              </p>
            </>
          )}
        </OwnDevices>
      </div>
    </AccountPage>
  )
}
