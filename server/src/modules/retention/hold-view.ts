import type { LegalHold } from '@visavis/contract/http'
import type { z } from 'zod'
import { isSamePerson } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { HoldRow } from './holds.repo.ts'
import { localDateAt } from './retention-rules.ts'
import { staffName } from './staff-rules.ts'

type View = z.input<typeof LegalHold>

/** A hold as its reader sees it; a date of the database is at midnight, UTC. */
export function holdView(row: HoldRow, actor: AccountActor, now: Date): View {
  const { holdId, visitId, reason, caseNumber, placer, placedAt, visit } = row
  const reviewOn = localDateAt(row.reviewOn, 'UTC')
  return {
    ...{ holdId, visitId, reason, caseNumber, reviewOn },
    placedBy: staffName(placer),
    placedAt: placedAt.toISOString(),
    isReviewDue: reviewOn <= localDateAt(now, visit.facility.timeZone),
    release: releaseView(row, actor),
  }
}

function releaseView(
  { releaseAsker, releaseAskedAt, releaseReason }: HoldRow,
  actor: AccountActor,
): View['release'] {
  if (releaseAsker === null || releaseAskedAt === null) return null
  return {
    askedBy: staffName(releaseAsker),
    askedAt: releaseAskedAt.toISOString(),
    reason: releaseReason ?? '',
    isMineToDecide: !isSamePerson(actor, releaseAsker),
  }
}
