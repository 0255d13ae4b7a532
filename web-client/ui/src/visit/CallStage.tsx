import type { LocalMedia, SeatCall } from '@visavis/call'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageHeading } from '../index.ts'
import { CallBanner } from './CallBanner.tsx'
import { CallBar } from './CallBar.tsx'
import { CallControls } from './CallControls.tsx'
import { CompanyCallButton } from './Company.tsx'
import { HelpNotice } from './HelpNotice.tsx'
import { LinePanel } from './LinePanel.tsx'
import { MutedNotice } from './MutedNotice.tsx'
import { OfficerPicture } from './OfficerPicture.tsx'
import { OwnTrouble } from './OwnTrouble.tsx'
import { RemotePictures } from './RemotePictures.tsx'
import { SelfPicture } from './SelfPicture.tsx'
import { SignToggle } from './SignToggle.tsx'
import { TimeNotice } from './TimeNotice.tsx'
import { useOtherNames } from './use-other-names.ts'
import { useRunningClock } from './use-running-clock.ts'
import type { JoinedState } from './visit-view.ts'
import { WarningDialog } from './WarningDialog.tsx'

type StageProps = {
  readonly joined: JoinedState
  readonly call: SeatCall
  readonly media: LocalMedia
  /** False at a terminal. */
  readonly isOwnDevice?: boolean
}

/** The visit itself: the other person large, oneself small, the time, and three buttons. */
export function CallStage({ joined, call, media, isOwnDevice = true }: StageProps) {
  const { t } = useTranslation()
  const { you, others, warning } = joined.snapshot
  const names = useOtherNames(joined.snapshot)
  const clock = useRunningClock(joined.clock)
  // Whoever has an interpreter most likely wants to see them; one touch gives everybody the same room.
  const [isSigning, setIsSigning] = useState(true)
  return (
    <div className="vv-call">
      <PageHeading isHidden>{t('call.title', { names })}</PageHeading>
      <CallBar snapshot={joined.snapshot} clock={clock}>
        <LinePanel joined={joined} call={call} isOwnDevice={isOwnDevice} />
      </CallBar>
      <div className="vv-call__stage">
        <RemotePictures joined={joined} call={call} isSigning={isSigning} />
        <div className="vv-call__self">
          <SelfPicture media={media} hasMeter={false} />
        </div>
        <OfficerPicture joined={joined} />
        <div className="vv-call__banners">
          <HelpNotice help={joined.snapshot.help} call={call} />
          <CallBanner joined={joined} />
          <MutedNotice joined={joined} />
          <OwnTrouble own={joined.own} media={media} />
          <TimeNotice clock={clock} />
        </div>
      </div>
      {warning !== null && <WarningDialog key={warning.warningId} warning={warning} call={call} />}
      <CallControls call={call} media={media} mayEnd={you.role === 'PERSON'}>
        {others.some(({ role }) => role === 'INTERPRETER') && (
          <SignToggle isOn={isSigning} onChange={setIsSigning} />
        )}
        <CompanyCallButton snapshot={joined.snapshot} call={call} />
      </CallControls>
    </div>
  )
}
