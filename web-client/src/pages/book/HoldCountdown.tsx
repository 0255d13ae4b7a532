import { Button, ClockText, Notice, useNow } from '@visavis/ui'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { holdPhase, leftUntil } from './hold.ts'
import type { HoldPhase } from './hold.ts'
import type { Booking } from './types.ts'

type HoldCountdownProps = {
  readonly booking: Booking
  readonly isBusy: boolean
  readonly onExtend: () => void
  /** By this device's clock the hold is over. */
  readonly onOver: () => void
}

/** How long the place is still kept: seen all the time, said aloud only when it matters (BK-2). */
export function HoldCountdown({ booking, isBusy, onExtend, onOver }: HoldCountdownProps) {
  const { t } = useTranslation()
  const leftMs = leftUntil(booking.holdExpiresAt, useNow())
  const phase = holdPhase(leftMs)
  const over = useRef(onOver)
  useEffect(() => {
    over.current = onOver
  })
  useEffect(() => {
    if (phase === 'over') over.current()
  }, [phase])
  const isUrgent = phase !== 'calm'
  return (
    <>
      <Notice tone={isUrgent ? 'warn' : 'plain'}>
        <p>
          {t('booking.heldFor')}{' '}
          <strong className="vv-countdown">
            <ClockText lengthMs={leftMs} />
          </strong>
        </p>
        {booking.actions.includes('EXTEND') && (
          <Button look="secondary" isSmall isBusy={isBusy} onClick={onExtend}>
            {t('booking.extend')}
          </Button>
        )}
        {booking.isHoldExtended && <p className="vv-small">{t('booking.extended')}</p>}
      </Notice>
      <Announcement phase={phase} />
    </>
  )
}

/** Changes only with the phase, so a screen reader is interrupted twice and not each second. */
function Announcement({ phase }: { phase: HoldPhase }) {
  const { t } = useTranslation()
  return (
    <p role="status" className="govuk-visually-hidden">
      {phase === 'soon' && t('booking.twoMinutes')}
      {phase === 'last' && t('booking.halfMinute')}
    </p>
  )
}
