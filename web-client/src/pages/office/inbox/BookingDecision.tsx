import { useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useSession } from '../../../session/session.ts'
import { BookingFacts } from '../day/BookingFacts.tsx'
import { DecideBooking } from '../day/DecideBooking.tsx'
import { Explanation } from '../day/Explanation.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import type { DecisionProps } from './TaskPanel.tsx'

/** A visit that a person must approve, with what the rules say of it. */
export function BookingDecision({ task, onDone }: DecisionProps) {
  const { call } = useSession()
  const visitId = task.visit?.visitId ?? ''
  const load = useCallback(() => call('booking', { params: { visitId } }), [call, visitId])
  return (
    <Loaded from={useResource(load)}>
      {(booking) => (
        <>
          <BookingFacts booking={booking} />
          <Explanation booking={booking} />
          <DecideBooking booking={booking} onDone={onDone} />
        </>
      )}
    </Loaded>
  )
}
