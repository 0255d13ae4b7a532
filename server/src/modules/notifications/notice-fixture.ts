import type { Told } from './compose.ts'
import { NoticeDetails } from './notice-details.ts'

export const VISIT_ID = '018f0000-0000-7000-8000-000000000001'

/** Of a visit at noon UTC on 1 December 2026, at a facility in Krasnoyarsk. */
export function someDetails(changes: Partial<NoticeDetails> = {}): NoticeDetails {
  return NoticeDetails.parse({
    readerZone: 'Europe/Berlin',
    readerName: 'Olga',
    visit: {
      startsAt: '2026-12-01T12:00:00.000Z',
      endsAt: '2026-12-01T12:30:00.000Z',
      sequence: 3,
      facility: 'North facility',
      facilityZone: 'Asia/Krasnoyarsk',
      inmate: 'Dmitri',
      terminal: 'T1',
      place: 'HOME',
      centre: '',
      address: '',
    },
    ...changes,
  })
}

/** Something to be told in English. */
export function someTold(changes: Partial<Told> = {}): Told {
  return {
    kind: 'BOOKING_CONFIRMED',
    language: 'en',
    visitId: VISIT_ID,
    details: someDetails(),
    origin: 'https://visits.example',
    ...changes,
  }
}
