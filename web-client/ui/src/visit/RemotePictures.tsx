import { attachStream, playback } from '@visavis/call'
import type { RemoteSeat } from '@visavis/call'
import { useTranslation } from 'react-i18next'
import { Button, Icon, Progress, StreamVideo, useStore } from '../index.ts'
import { useOtherNames } from './use-other-names.ts'
import type { JoinedState } from './visit-view.ts'

/** The people of the other side, each as large as there is room; a still sign while the visit is paused. */
export function RemotePictures({ joined }: { joined: JoinedState }) {
  const { t } = useTranslation()
  const { snapshot, remotes } = joined
  const name = useOtherNames(snapshot)
  if (snapshot.state === 'PAUSED' || snapshot.state === 'MISSING_MONITOR') return <PauseSign />
  if (remotes.length === 0) {
    return (
      <div className="vv-call__sign">
        <Progress words={t('call.waitingForPicture', { name })} />
      </div>
    )
  }
  const nameOf = (seatId: string) =>
    snapshot.others.find((other) => other.seatId === seatId)?.displayName ?? name
  return (
    <div className="vv-call__remotes" data-count={remotes.length}>
      {remotes.map((remote) => (
        <RemotePicture key={remote.seatId} remote={remote} name={nameOf(remote.seatId)} />
      ))}
      <TapToHear name={name} />
    </div>
  )
}

function RemotePicture({ remote, name }: { remote: RemoteSeat; name: string }) {
  const { t } = useTranslation()
  return (
    <StreamVideo
      attach={attachStream}
      stream={remote.stream}
      label={t('call.remoteView', { name })}
      overlay={
        remote.hasVideo ? undefined : (
          <>
            <Icon name="cameraOff" size="2.5em" />
            <span>{t('call.noPicture', { name })}</span>
          </>
        )
      }
    />
  )
}

/** One button for all pictures: a browser that wants a gesture wants no more than one. */
function TapToHear({ name }: { name: string }) {
  const { t } = useTranslation()
  const { isBlocked } = useStore(playback)
  if (!isBlocked) return null
  return (
    <div className="vv-call__tap">
      <Button onClick={playback.retry}>
        <Icon name="play" />
        {t('call.playBlocked', { name })}
      </Button>
    </div>
  )
}

function PauseSign() {
  const { t } = useTranslation()
  return (
    <div className="vv-call__sign">
      <Icon name="pause" size="4rem" />
      <p className="vv-call__sign-title">{t('call.pausedTitle')}</p>
    </div>
  )
}
