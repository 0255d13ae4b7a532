import type { LocalMedia, SeatCall } from '@visavis/call'
import { useTranslation } from 'react-i18next'
import { PageHeading } from '../index.ts'
import { CallBanner } from './CallBanner.tsx'
import { CallBar } from './CallBar.tsx'
import { CallControls } from './CallControls.tsx'
import { OwnTrouble } from './OwnTrouble.tsx'
import { RemotePictures } from './RemotePictures.tsx'
import { SelfPicture } from './SelfPicture.tsx'
import { TimeNotice } from './TimeNotice.tsx'
import { useOtherNames } from './use-other-names.ts'
import { useRunningClock } from './use-running-clock.ts'
import type { JoinedState } from './visit-view.ts'

type StageProps = {
  readonly joined: JoinedState
  readonly call: SeatCall
  readonly media: LocalMedia
}

/** The visit itself: the other person large, oneself small, the time, and three buttons. */
export function CallStage({ joined, call, media }: StageProps) {
  const { t } = useTranslation()
  const names = useOtherNames(joined.snapshot)
  const clock = useRunningClock(joined.clock)
  return (
    <div className="vv-call">
      <PageHeading isHidden>{t('call.title', { names })}</PageHeading>
      <CallBar snapshot={joined.snapshot} clock={clock} />
      <div className="vv-call__stage">
        <RemotePictures joined={joined} />
        <div className="vv-call__self">
          <SelfPicture media={media} hasMeter={false} />
        </div>
        <div className="vv-call__banners">
          <CallBanner joined={joined} />
          <OwnTrouble own={joined.own} media={media} />
          <TimeNotice clock={clock} />
        </div>
      </div>
      <CallControls call={call} media={media} />
    </div>
  )
}
