import type { LocalMedia } from '@visavis/call'
import {
  Button,
  FailureNotice,
  MonitorNotice,
  PageHeading,
  Progress,
  buttonClass,
  useResource,
} from '@visavis/ui'
import { PreflightPanel, QualityChoices, playChime } from '@visavis/ui/visit/index.ts'
import type { Trouble } from '@visavis/ui/visit/index.ts'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { ownWishes } from './own-wishes.ts'
import { OwnDevices } from './OwnDevices.tsx'

type CheckProps = { readonly visitId: string; readonly media: LocalMedia }

/** Shows a person their own picture and sound, and what is watched and recorded, before anybody waits. */
export function ReadyCheckPage({ visitId, media }: CheckProps) {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack vv-wide">
        <div className="vv-stack vv-stack--close">
          <PageHeading>{t('check.title')}</PageHeading>
          <p className="vv-soft">{t('check.intro')}</p>
        </div>
        <VisitGate visitId={visitId}>
          <OwnDevices media={media}>
            {(trouble) => (
              <>
                <SoundTest />
                {/* What nobody has to do comes after the way on. */}
                <GoOn visitId={visitId} trouble={trouble} />
                <PreflightPanel media={media} visitId={visitId} signInAs="account" />
                <QualityChoices wishes={ownWishes} />
              </>
            )}
          </OwnDevices>
        </VisitGate>
      </div>
    </AccountPage>
  )
}

/** What is watched and recorded comes first; without knowing it nobody goes on (OV-3). */
function VisitGate({ visitId, children }: { visitId: string; children: ReactNode }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const visit = useResource(
    useCallback(() => call('myVisit', { params: { visitId } }), [call, visitId]),
  )
  if (visit.phase === 'loading') return <Progress />
  if (visit.phase === 'failed') {
    return (
      <FailureNotice code={visit.code} onRetry={visit.reload}>
        <Link to="/visits">{t('check.backToVisits')}</Link>
      </FailureNotice>
    )
  }
  return (
    <>
      <MonitorNotice policy={visit.data.notice} />
      {children}
    </>
  )
}

/** On to the waiting room; without a device it is still possible, but not what the page proposes. */
function GoOn({ visitId, trouble }: { visitId: string; trouble: Trouble | null }) {
  const { t } = useTranslation()
  const look = trouble === null ? 'primary' : 'secondary'
  return (
    <div className="vv-stack vv-stack--close">
      <p>
        <Link to={`/visits/${visitId}`} className={buttonClass({ isWide: true, look })}>
          {t(trouble === null ? 'check.join' : `check.${trouble.goOn}`)}
        </Link>
      </p>
      {trouble !== null && <p className="vv-soft vv-small">{t('check.withoutHint')}</p>}
    </div>
  )
}

function SoundTest() {
  const { t } = useTranslation()
  return (
    <div className="vv-stack vv-stack--close">
      <div>
        <Button look="secondary" onClick={() => playChime()}>
          {t('check.testSound')}
        </Button>
      </div>
      <p className="vv-soft vv-small">{t('check.soundHint')}</p>
    </div>
  )
}
