import { OBJECTION_CODES } from '@visavis/contract/http'
import type { RecordedOfMe } from '@visavis/contract/http'
import { firstNameOf } from '@visavis/contract/person-names'
import { z } from 'zod'
import { keptOf, latestOf, lookedOf } from './recorded-rules.ts'
import type { Look } from './recorded-rules.ts'
import type { Person, RecordedRow } from './recorded.repo.ts'

export type RecordedView = z.input<typeof RecordedOfMe>
type View = RecordedView
const Code = z.enum(OBJECTION_CODES)

/** A visit as one of its people sees what was kept of them. */
export function recordedView(row: RecordedRow, person: Person): View {
  const { visitId, startsAt, facility, recordings, legalHolds, isRecorded } = row
  const standing = recordings.filter(({ destroyedAt }) => destroyedAt === null)
  const destroyedAt = latestOf(recordings.map((one) => one.destroyedAt))
  const keptUntil = latestOf(standing.map(({ destroyAfter }) => destroyAfter))
  return {
    ...{ visitId, facility, with: othersOf(row, person) },
    startsAt: startsAt.toISOString(),
    isRecorded: isRecorded && recordings.length > 0,
    kept: keptOf(recordings, placesOf(row, person)),
    keptUntil: keptUntil?.toISOString() ?? null,
    isHeld: standing.length > 0 && legalHolds.length > 0,
    destroyedAt: standing.length > 0 ? null : (destroyedAt?.toISOString() ?? null),
    watched: lookedOf(looksOf(row), facility.timeZone),
    objection: objectionOf(row),
  }
}

function isOf(seat: RecordedRow['seats'][number], person: Person): boolean {
  return 'visitorId' in person
    ? seat.visitorId === person.visitorId
    : seat.inmateId === person.inmateId
}

/** The person's own seat, and the one whose camera and microphone they share. */
function placesOf({ seats }: RecordedRow, person: Person): ReadonlySet<string> {
  const own = seats.filter((seat) => isOf(seat, person))
  return new Set(own.flatMap(({ seatId, cameraSeatId }) => [seatId, cameraSeatId ?? seatId]))
}

/** First names of the other side. */
function othersOf({ inmate, seats }: RecordedRow, person: Person): string {
  if ('visitorId' in person) return inmate.givenName
  return seats
    .flatMap(({ visitor }) => (visitor ? [firstNameOf({ ...visitor, familyName: '' })] : []))
    .join(', ')
}

function looksOf({ playSessions, exports }: RecordedRow): Look[] {
  return [
    ...playSessions.map(({ createdAt, account }) => ({ role: account.role, at: createdAt })),
    ...exports.flatMap(({ decidedAt }) =>
      decidedAt === null ? [] : [{ role: 'recipient', at: decidedAt }],
    ),
  ]
}

function objectionOf({ objections: [made] }: RecordedRow): View['objection'] {
  if (!made) return null
  const { at, code, task } = made
  const answer = task.state === 'OPEN' ? null : task.resolution
  return { at: at.toISOString(), code: Code.parse(code), state: task.state, answer }
}
