import { useResource } from '@visavis/ui'
import type { Resource } from '@visavis/ui'
import { useCallback } from 'react'
import { useSession } from '../../session/session.ts'
import type { Booking } from './types.ts'

/** One booking of the signed-in visitor. */
export function useBooking(visitId: string): Resource<Booking> {
  const { call } = useSession()
  return useResource(useCallback(() => call('booking', { params: { visitId } }), [call, visitId]))
}
