import type { ExportView } from '@visavis/contract/http'
import type { z } from 'zod'
import { isSamePerson } from '../identity/index.ts'
import type { OfficerAccount } from '../identity/index.ts'

export type ExportViewInput = z.input<typeof ExportView>

const DAY_MS = 86_400_000
/** An archive is there for so long after it was made; then it is destroyed. */
export const EXPORT_LIVES_MS = 7 * DAY_MS
/** Somebody waits for a decision; after so long the task is late. */
export const DECIDE_WITHIN_MS = DAY_MS

type Name = { readonly givenName: string; readonly familyName: string } | null | undefined
type Person = { readonly login: string; readonly officer: Name }

/** A stored export with the names of those who asked and decided. */
export type ExportRow = {
  readonly exportId: string
  readonly visitId: string
  readonly state: ExportViewInput['state']
  readonly purpose: string
  readonly caseNumber: string
  readonly recipient: string
  readonly derivativeIds: readonly string[]
  readonly askedAt: Date
  readonly decidedAt: Date | null
  readonly reason: string | null
  readonly bytes: bigint | null
  readonly sha256: string | null
  readonly expiresAt: Date | null
  readonly downloads: number
  readonly visit: { readonly startsAt: Date }
  readonly asker: Person & OfficerAccount
  readonly decider: Person | null
}

/** An export as its reader sees it. */
export function exportView(row: ExportRow, reader: OfficerAccount): ExportViewInput {
  const { exportId, visitId, state, purpose, caseNumber, recipient, reason, sha256 } = row
  return {
    ...{ exportId, visitId, state, purpose, caseNumber, recipient, reason, sha256 },
    startsAt: row.visit.startsAt.toISOString(),
    derivatives: [...row.derivativeIds],
    askedBy: nameOf(row.asker),
    askedAt: row.askedAt.toISOString(),
    decidedBy: row.decider && nameOf(row.decider),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    isMine: reader.accountId === row.asker.accountId,
    isMineToDecide: state === 'ASKED' && !isSamePerson(reader, row.asker),
    bytes: row.bytes === null ? null : Number(row.bytes),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    downloads: row.downloads,
  }
}

/** What staff are called among themselves. */
export function nameOf({ login, officer }: Person): string {
  return officer ? `${officer.givenName} ${officer.familyName}` : login
}

/** The sealed archive's name, by which it is bound to its key. */
export function archiveFileOf(exportId: string): string {
  return `${exportId}.zip.sealed`
}

/** Where it lies in the object store. */
export function archiveKeyOf({ visitId, exportId }: { visitId: string; exportId: string }): string {
  return `${visitId}/exports/${archiveFileOf(exportId)}`
}
