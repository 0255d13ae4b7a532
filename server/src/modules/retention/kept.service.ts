import { Refusal } from '@visavis/contract/errors'
import type { KeptVisit, Tombstone } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { z } from 'zod'
import { placeOf, readPlace } from '../../platform/cursor.ts'
import { requireAllowed } from '../access/index.ts'
import { isSamePerson, requireReach } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { DestructionsRepo, TombstonePage } from './destructions.repo.ts'
import { holdView } from './hold-view.ts'
import type { KeptLine, KeptRepo, KeptRow } from './kept.repo.ts'
import { facilityOf, staffName } from './staff-rules.ts'

type Deps = {
  readonly repo: KeptRepo
  readonly destructions: DestructionsRepo
  readonly clock: Clock
}
type Page = { readonly limit: number; readonly cursor?: string | undefined }
type View = z.input<typeof KeptVisit>

/** What is kept, and what is left of what was. */
export type Kept = ReturnType<typeof createKept>

export function createKept({ repo, destructions, clock }: Deps) {
  return {
    /** Soonest gone first. */
    async list(
      actor: AccountActor,
      { limit, cursor, isHeld }: Page & { isHeld?: 'true' | 'false' | undefined },
    ) {
      const lines = await repo.lines({
        facilityId: facilityOf(actor),
        isHeld: isHeld === undefined ? null : isHeld === 'true',
        after: readPlace(cursor),
        take: limit + 1,
      })
      const { shown, last } = pageOf(lines, limit)
      const rows = await repo.visits(shown.map(({ visitId }) => visitId))
      const byId = new Map(rows.map((row) => [row.visitId, row]))
      return {
        items: shown.flatMap((line) => {
          const row = byId.get(line.visitId)
          return row ? [keptView(line, row, { actor, now: clock.now() })] : []
        }),
        nextCursor: last ? placeOf({ at: last.destroyAfter, id: last.visitId }) : null,
      }
    },
    /** What was destroyed, newest first. */
    async tombstones(actor: AccountActor, { limit, cursor }: Page) {
      const rows = await destructions.tombstones({
        within: withinOf(actor),
        after: readPlace(cursor),
        take: limit + 1,
      })
      const { shown, last } = pageOf(rows, limit)
      return {
        items: shown.map(tombstoneView),
        nextCursor: last?.destroyedAt
          ? placeOf({ at: last.destroyedAt, id: last.destructionId })
          : null,
      }
    },
    /** The bytes of one; another facility's is not there (TR-3). */
    async tombstone(actor: AccountActor, destructionId: string): Promise<Uint8Array> {
      const row = await destructions.tombstone(destructionId)
      if (!row || row.tombstone === null) throw new Refusal('NOT_FOUND')
      const { facilityId } = row.visit
      requireAllowed(actor, 'tombstone.read', { facilityId, absent: 'NOT_FOUND' })
      return row.tombstone
    },
  }
}

/** A regulator's auditor belongs to none, and sees what is left of all. */
function isOfNoFacility({ role, facilityId, operatorId }: AccountActor): boolean {
  return role === 'auditor' && facilityId === null && operatorId === null
}

function withinOf(actor: AccountActor): TombstonePage['within'] {
  if (isOfNoFacility(actor)) return null
  const reach = requireReach(actor)
  return 'facilityId' in reach ? reach : { facility: reach }
}

function pageOf<Row>(rows: readonly Row[], limit: number) {
  const shown = rows.slice(0, limit)
  return { shown, last: rows.length > limit ? shown.at(-1) : undefined }
}

type Reader = { readonly actor: AccountActor; readonly now: Date }

function keptView({ destroyAfter, bytes }: KeptLine, row: KeptRow, { actor, now }: Reader): View {
  const { visitId, visitClass, startsAt, facility, terminal, legalHolds } = row
  return {
    ...{ visitId, facility, terminalName: terminal.name },
    visitClass: visitClass === 'official' ? 'official' : 'social',
    startsAt: startsAt.toISOString(),
    bytes: Number(bytes),
    destroyAfter: destroyAfter.toISOString(),
    holds: legalHolds.map((hold) => holdView(hold, actor, now)),
    destruction: destructionView(row, actor),
  }
}

function destructionView({ destructions: [asked] }: KeptRow, actor: AccountActor) {
  if (!asked?.asker) return null
  const { destructionId, asker, askedAt, reason } = asked
  return {
    destructionId,
    askedBy: staffName(asker),
    askedAt: instantOf(askedAt),
    reason: reason ?? '',
    isMineToDecide: !isSamePerson(actor, asker),
  }
}

type DoneRow = Awaited<ReturnType<DestructionsRepo['tombstones']>>[number]

function tombstoneView(row: DoneRow): z.input<typeof Tombstone> {
  const { destructionId, visitId, cause, files, filesRemovedAt, sha256, visit } = row
  return {
    ...{ destructionId, visitId, cause, files, sha256: sha256 ?? '' },
    startsAt: visit.startsAt.toISOString(),
    destroyedAt: instantOf(row.destroyedAt),
    areFilesGone: filesRemovedAt !== null,
  }
}

/** The database gives each of these its instant; the type cannot say so. */
function instantOf(at: Date | null): string {
  return (at ?? new Date(0)).toISOString()
}
