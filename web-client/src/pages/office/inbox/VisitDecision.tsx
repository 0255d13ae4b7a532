import { buttonClass, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { BookingFacts } from '../day/BookingFacts.tsx'
import { CancelBooking } from '../day/CancelBooking.tsx'
import { OtherPlaces } from '../day/OtherPlaces.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import type { DecisionProps } from './TaskPanel.tsx'
import { useSettle } from './SettleTask.tsx'

/** A booked visit that something has happened to: another place at one click, or none (BK-13). */
export function VisitDecision({ task, onDone }: DecisionProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const settle = useSettle(task)
  const { taskId } = task
  const visitId = task.visit?.visitId ?? ''
  // Another facility's people by now: their pages are not for this desk any more (TR-3).
  const isTransfer = task.kind === 'INMATE_TRANSFERRED'
  const load = useCallback(() => call('booking', { params: { visitId } }), [call, visitId])
  const loadPlaces = useCallback(
    () => call('taskAlternatives', { params: { taskId } }),
    [call, taskId],
  )
  const finish = async (words: string) => {
    await settle('DONE', words)
    onDone(words)
  }
  return (
    <Loaded from={useResource(load)}>
      {(booking) => (
        <>
          <BookingFacts booking={booking} hasLinks={!isTransfer} />
          {booking.actions.includes('REBOOK') && (
            // A re-booking closes the task by itself.
            <OtherPlaces booking={booking} load={loadPlaces} onDone={onDone}>
              {isTransfer && <p>{t('officeDay.otherFacility')}</p>}
            </OtherPlaces>
          )}
          <div className="vv-row">
            <CancelBooking booking={booking} onDone={(words) => void finish(words)} />
            <Link to={`/office/day/${visitId}`} className={buttonClass({ look: 'secondary' })}>
              {t('officeInbox.openVisit')}
            </Link>
          </div>
        </>
      )}
    </Loaded>
  )
}
