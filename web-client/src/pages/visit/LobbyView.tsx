import type { LocalMedia, SeatCall } from '@visavis/call'
import type { VisitSnapshot } from '@visavis/contract/visit'
import {
  DualTime,
  MonitorNotice,
  PageHeading,
  buttonClass,
  clockTime,
  ownZone,
  useStore,
} from '@visavis/ui'
import {
  Company,
  DeviceTrouble,
  HelpLobbyButton,
  HelpNotice,
  SelfPicture,
  WaitingWords,
  troubleOf,
  useOtherNames,
} from '@visavis/ui/visit/index.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AccountPage } from '../AccountPage.tsx'

type LobbyProps = {
  readonly snapshot: VisitSnapshot
  readonly call: SeatCall
  readonly media: LocalMedia
}

/** The waiting room: why one waits, in words (LV-2), and one's own picture to be sure of. */
export function LobbyView({ snapshot, call, media }: LobbyProps) {
  const { t, i18n } = useTranslation()
  const names = useOtherNames(snapshot)
  const time = clockTime(snapshot.startsAt, { language: i18n.language, timeZone: ownZone() })
  const trouble = troubleOf(useStore(media))
  return (
    <AccountPage>
      <div className="vv-stack vv-wide">
        <PageHeading>{t('lobby.documentTitle')}</PageHeading>
        <div className="vv-lobby">
          <div className="vv-stack">
            <WaitingWords snapshot={snapshot} time={time}>
              <p className="vv-soft">{t('lobby.calm')}</p>
            </WaitingWords>
            <Company snapshot={snapshot} call={call} />
            <HelpNotice help={snapshot.help} call={call} />
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
        <p className="vv-row">
          <HelpLobbyButton call={call} />
          <Link
            to="/visits"
            className={buttonClass({ look: 'secondary' })}
            onClick={() => call.leave()}
          >
            {t('lobby.leave')}
          </Link>
        </p>
      </div>
    </AccountPage>
  )
}
