import type { Booking, LinkCentre, Party } from './types.ts'

/** The people and place of a booking, to ask for other times for them. */
export function partyOfBooking(booking: Booking, centres: readonly LinkCentre[]): Party {
  const { inmate, visitors, place, linkCentre } = booking
  const centre = centres.find(
    ({ name, address }) => name === linkCentre?.name && address === linkCentre.address,
  )
  return {
    inmateId: inmate.inmateId,
    visitorIds: visitors.map(({ visitorId }) => visitorId),
    place,
    ...(centre ? { linkCentreId: centre.linkCentreId } : {}),
  }
}
