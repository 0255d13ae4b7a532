import type { LocalMedia } from '@visavis/call'
import { PageHeading, buttonClass, useStore } from '@visavis/ui'
import { DeviceTrouble, PreflightPanel, SelfPicture, troubleOf } from '@visavis/ui/visit/index.ts'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AccountPage } from '../AccountPage.tsx'
import { DeviceChooser } from './DeviceChooser.tsx'

type TryProps = { readonly visitId: string; readonly media: LocalMedia }

/** A test days before the visit, when there is time to mend what it finds (LV-10). */
export function TryDevicePage({ visitId, media }: TryProps) {
  const { t } = useTranslation()
  const trouble = troubleOf(useStore(media))
  useEffect(() => {
    if (media.getState().phase === 'idle') void media.start()
  }, [media])
  return (
    <AccountPage>
      <div className="vv-stack vv-wide">
        <PageHeading>{t('tryDevice.title')}</PageHeading>
        {trouble !== null && (
          <DeviceTrouble trouble={trouble} isOwnBrowser onRetry={() => void media.start()} />
        )}
        <div className="vv-check">
          <div className="vv-check__picture vv-stack vv-stack--near">
            <SelfPicture media={media} />
          </div>
          <div className="vv-stack">
            <DeviceChooser media={media} />
            <PreflightPanel media={media} visitId={visitId} signInAs="account" />
            <p>
              <Link to="/visits" className={buttonClass({ look: 'secondary' })}>
                {t('tryDevice.done')}
              </Link>
            </p>
          </div>
        </div>
      </div>
    </AccountPage>
  )
}
