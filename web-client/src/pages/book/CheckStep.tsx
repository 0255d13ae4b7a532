import { Progress } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { StepPage } from '../../forms/StepPage.tsx'
import { useSession } from '../../session/session.ts'
import { BookingFailure } from './BookingFailure.tsx'
import { HeldBooking } from './HeldBooking.tsx'
import type { PartyStepProps } from './JourneyPage.tsx'
import { stepPath, stepsOf } from './journey.ts'
import { slotChosen } from './slot-chosen.ts'
import type { Booking } from './types.ts'

/** The last step: the place is held as the page opens, everything is shown, one press books it. */
export function CheckStep(props: PartyStepProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { answers, inmates, frame, inmate, go, note } = props
  const { result, retry } = useHold(props)
  const lose = useCallback(() => {
    note({ type: 'holdLost' })
    void navigate(stepPath('time'), { replace: true })
  }, [navigate, note])
  const finish = useCallback(
    (visitId: string) => void navigate(`/book/done/${visitId}`, { replace: true }),
    [navigate],
  )
  return (
    <StepPage title={t('booking.checkTitle')} {...frame}>
      {result === null && <Progress words={t('booking.holding')} />}
      {result?.ok === true && (
        <HeldBooking
          booking={result.data}
          links={stepsOf(answers, inmates)}
          onLost={lose}
          onConfirmed={finish}
        />
      )}
      {result?.ok === false && (
        <BookingFailure
          failure={result}
          facilityZone={inmate.facility.timeZone}
          hasWhy
          onRetry={retry}
          onAlternative={(place) => go(slotChosen(place))}
        >
          <Link to={stepPath('time')}>{t('booking.otherTime')}</Link>
        </BookingFailure>
      )}
    </StepPage>
  )
}

/**
 * Holds the chosen slot, or finds the hold again after a reload. The key names the act: two answers to
 * one press, or a reload in between, still hold one place (BK-5).
 */
function useHold({ answers, party, note }: PartyStepProps) {
  const { call } = useSession()
  const { slotId, holdKey } = answers
  const body = JSON.stringify({ ...party, slotId })
  const [heldBefore] = useState(answers.visitId)
  const [round, setRound] = useState(0)
  const act = `${holdKey ?? ''} ${round}`
  const [settled, setSettled] = useState<{ act: string; result: Result<Booking> } | null>(null)
  useEffect(() => {
    if (slotId === null || holdKey === null) return undefined
    let isWanted = true
    const asked =
      heldBefore === null
        ? call('holdVisit', { body: JSON.parse(body) as never, key: holdKey })
        : call('booking', { params: { visitId: heldBefore } })
    void asked.then((result) => {
      if (!isWanted) return
      setSettled({ act, result })
      if (result.ok) note({ type: 'held', visitId: result.data.visitId })
    })
    return () => {
      isWanted = false
    }
  }, [act, body, call, heldBefore, holdKey, note, slotId])
  const retry = () => setRound((count) => count + 1)
  return { result: settled?.act === act ? settled.result : null, retry }
}
