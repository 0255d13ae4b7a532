import type { VisitClock, VisitSnapshot } from '@visavis/contract/visit'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ClockText, Icon } from '../index.ts'
import { useOtherNames } from './use-other-names.ts'

type BarProps = {
  readonly snapshot: VisitSnapshot
  readonly clock: VisitClock
  /** Between what is watched and the time. */
  readonly children?: ReactNode
}

/** With whom, what is watched and recorded (OV-3: also during the visit, and as it then is), and the time left. */
export function CallBar({ snapshot, clock, children }: BarProps) {
  const { t } = useTranslation()
  const { notice, isUnrecorded } = snapshot
  return (
    <div className="vv-call__bar">
      <p className="vv-call__name">{useOtherNames(snapshot)}</p>
      <p className="vv-call__notice" aria-live="polite">
        <Icon name={notice.monitor === 'NONE' ? 'lock' : 'eye'} size="1.2em" />
        <span>{t(`notice.short.${notice.monitor}`)}</span>
        {isUnrecorded && <span>{t('notice.shortUnrecorded')}</span>}
        {notice.isRecorded && !isUnrecorded && (
          <>
            <span className="vv-call__recording">
              <Icon name="record" size="0.8em" />
            </span>
            <span>{t('notice.shortRecorded')}</span>
          </>
        )}
      </p>
      {children}
      <p className="vv-call__clock" data-running={clock.isRunning}>
        {!clock.isRunning && <Icon name="pause" size="1.1em" />}
        <span className="vv-small">{t('time.remaining')}</span>
        <ClockText lengthMs={clock.leftMs} />
      </p>
    </div>
  )
}
