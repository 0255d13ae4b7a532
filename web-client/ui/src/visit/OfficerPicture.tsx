import { attachStream } from '@visavis/call'
import { useTranslation } from 'react-i18next'
import { Icon, StreamVideo } from '../index.ts'
import type { JoinedState } from './visit-view.ts'

/** The officer who speaks to both sides, with the badge that says so (OV-5); nothing while nobody does. */
export function OfficerPicture({ joined }: { joined: JoinedState }) {
  const { t } = useTranslation()
  const { speaker } = joined.snapshot
  const remote = joined.remotes.find(({ seatId }) => seatId === speaker?.speakerId)
  return (
    <div role="status" className="vv-call__officer" data-on={speaker !== null}>
      {speaker !== null && (
        <>
          {remote !== undefined && (
            <StreamVideo
              attach={attachStream}
              stream={remote.stream}
              label={t('officer.view')}
              isCover
              overlay={remote.hasVideo ? undefined : <Icon name="sound" size="2em" />}
            />
          )}
          <p className="vv-call__badge">
            <Icon name="sound" size="1.2em" />
            {t('officer.badge')}
          </p>
        </>
      )}
    </div>
  )
}
