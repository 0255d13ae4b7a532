import type { CallInput, Reply } from '../../api/api.ts'

/** An inmate whom the signed-in visitor may visit, with those who may come along. */
export type Bookable = Reply<'bookableInmates'>['inmates'][number]
export type Booking = Reply<'booking'>
export type Places = Reply<'places'>
export type Place = Places['places'][number]
export type LinkCentre = Reply<'linkCentres'>['linkCentres'][number]
export type Report = Reply<'explainEligibility'>
export type VisitClass = Booking['visitClass']
export type VisitPlace = Booking['place']

/** Who comes, whom they see and where they sit, as the contract's calls take it. */
export type Party = Omit<CallInput<'holdVisit'>['body'], 'slotId'>
