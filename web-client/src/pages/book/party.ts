import type { Booking, Party } from './types.ts'

/** The people and place of a booking, to ask for other times for them. */
export function partyOfBooking({ inmate, visitors, place, linkCentre }: Booking): Party {
  return {
    inmateId: inmate.inmateId,
    visitorIds: visitors.map(({ visitorId }) => visitorId),
    place,
    ...(linkCentre ? { linkCentreId: linkCentre.linkCentreId } : {}),
  }
}
