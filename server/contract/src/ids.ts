import { z } from 'zod'

const uuid = <Brand extends string>(brand: Brand) => z.uuid().brand(brand)

export const EstateId = uuid('EstateId')
export const FacilityId = uuid('FacilityId')
export const TerminalId = uuid('TerminalId')
export const LinkCentreId = uuid('LinkCentreId')
export const LinkCentreRoomId = uuid('LinkCentreRoomId')
export const AccountId = uuid('AccountId')
export const InmateId = uuid('InmateId')
export const VisitorId = uuid('VisitorId')
export const OfficerId = uuid('OfficerId')
/** Names a visit and, on the media node, its room. */
export const VisitId = uuid('VisitId')
/** Names a participant's place in a visit and, on the media node, its peer. */
export const SeatId = uuid('SeatId')
export const RecordingId = uuid('RecordingId')
export const TrackId = uuid('TrackId')
export const PlayId = uuid('PlayId')
/** Names one officer's wall connection and, on the media node, its observing peer. */
export const ObserverId = uuid('ObserverId')
export const OperatorId = uuid('OperatorId')
export const SlotId = uuid('SlotId')
export const TemplateId = uuid('TemplateId')
export const BlackoutId = uuid('BlackoutId')
export const SeriesId = uuid('SeriesId')
export const WaitingId = uuid('WaitingId')
export const RelationshipId = uuid('RelationshipId')
export const RelationshipRequestId = uuid('RelationshipRequestId')
export const DocumentId = uuid('DocumentId')
export const RestrictionId = uuid('RestrictionId')
export const OverrideId = uuid('OverrideId')
export const NonAssociationId = uuid('NonAssociationId')
export const SuspensionId = uuid('SuspensionId')
export const TaskId = uuid('TaskId')
export const NoticeId = uuid('NoticeId')

export type FacilityId = z.output<typeof FacilityId>
export type TerminalId = z.output<typeof TerminalId>
export type AccountId = z.output<typeof AccountId>
export type InmateId = z.output<typeof InmateId>
export type VisitorId = z.output<typeof VisitorId>
export type VisitId = z.output<typeof VisitId>
export type SeatId = z.output<typeof SeatId>
export type RecordingId = z.output<typeof RecordingId>
export type TrackId = z.output<typeof TrackId>
export type PlayId = z.output<typeof PlayId>
export type ObserverId = z.output<typeof ObserverId>

/** An instant on the wire: ISO 8601 in UTC. Zones travel beside it by their IANA name. */
export const Instant = z.iso.datetime()
/** An IANA zone name, for example `Asia/Krasnoyarsk`. */
export const ZoneName = z.string().min(1).max(64)
/** BCP 47 language tag. */
export const LanguageTag = z.string().min(2).max(35)
