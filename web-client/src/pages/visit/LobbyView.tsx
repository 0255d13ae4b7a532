import type { LocalMedia } from '@visavis/call'
import type { VisitSnapshot } from '@visavis/contract/visit'
import {
  DualTime,
  MonitorNotice,
  Notice,
  PageHeading,
  buttonClass,
  clockTime,
  ownZone,
  useStore,
} from '@visavis/ui'
import { DeviceTrouble, SelfPicture, troubleOf, useOtherNames } from '@visavis/ui/visit/index.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AccountPage } from '../AccountPage.tsx'

type LobbyProps = {
  readonly snapshot: VisitSnapshot
  readonly media: LocalMedia
  readonly onLeave: () => void
}

/** The waiting room: why one waits, in words (LV-2), and one's own picture to be sure of. */
export function LobbyView({ snapshot, media, onLeave }: LobbyProps) {
  const { t } = useTranslation()
  const names = useOtherNames(snapshot)
  const trouble = troubleOf(useStore(media))
  return (
    <AccountPage>
      <div className="vv-stack vv-wide">
        <PageHeading>{t('lobby.documentTitle')}</PageHeading>
        <div className="vv-lobby">
          <div className="vv-stack">
            <WaitingWords snapshot={snapshot} />
            {trouble !== null && (
              <DeviceTrouble trouble={trouble} isOwnBrowser onRetry={() => void media.start()} />
            )}
            <div className="vv-stack vv-stack--close">
              <h2>{t('lobby.with', { names })}</h2>
              <DualTime
                startsAt={snapshot.startsAt}
                endsAt={snapshot.endsAt}
                facilityZone={snapshot.facility.timeZone}
              />
              <p className="vv-soft">{snapshot.facility.name}</p>
            </div>
            <MonitorNotice policy={snapshot.notice} />
          </div>
          <div className="vv-lobby__self vv-stack vv-stack--close">
            <SelfPicture media={media} />
          </div>
        </div>
        <p>
          <Link to="/visits" className={buttonClass({ look: 'secondary' })} onClick={onLeave}>
            {t('lobby.leave')}
          </Link>
        </p>
      </div>
    </AccountPage>
  )
}

function WaitingWords({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t, i18n } = useTranslation()
  const reason = snapshot.waitingReason ?? 'unknown'
  const values = {
    name: useOtherNames(snapshot),
    time: clockTime(snapshot.startsAt, { language: i18n.language, timeZone: ownZone() }),
  }
  return (
    <Notice title={t(`waiting.${reason}.title`, values)} live="status">
      <p>{t(`waiting.${reason}.body`, values)}</p>
      <p className="vv-soft">{t('lobby.calm')}</p>
    </Notice>
  )
}
