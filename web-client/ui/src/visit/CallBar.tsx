import type { VisitClock, VisitSnapshot } from '@visavis/contract/visit'
import { useTranslation } from 'react-i18next'
import { ClockText, Icon } from '../index.ts'
import { useOtherNames } from './use-other-names.ts'

/** With whom, what is watched and recorded (OV-3: also during the visit), and the time left. */
export function CallBar({ snapshot, clock }: { snapshot: VisitSnapshot; clock: VisitClock }) {
  const { t } = useTranslation()
  const { notice } = snapshot
  return (
    <div className="vv-call__bar">
      <p className="vv-call__name">{useOtherNames(snapshot)}</p>
      <p className="vv-call__notice">
        <Icon name={notice.monitor === 'NONE' ? 'lock' : 'eye'} size="1.2em" />
        <span>{t(`notice.short.${notice.monitor}`)}</span>
        {notice.isRecorded && (
          <>
            <span className="vv-call__recording">
              <Icon name="record" size="0.8em" />
            </span>
            <span>{t('notice.shortRecorded')}</span>
          </>
        )}
      </p>
      <p className="vv-call__clock" data-running={clock.isRunning}>
        {!clock.isRunning && <Icon name="pause" size="1.1em" />}
        <span className="vv-small">{t('time.remaining')}</span>
        <ClockText lengthMs={clock.bookedMs - clock.deliveredMs} />
      </p>
    </div>
  )
}
