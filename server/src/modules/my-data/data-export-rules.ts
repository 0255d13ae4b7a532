import type { RouteReply, routes } from '@visavis/contract/http'
import { fullNameOf } from '@visavis/contract/person-names'
import type { PersonName } from '@visavis/contract/person-names'

export type DataExport = RouteReply<typeof routes.dataExport>

const DAY_MS = 86_400_000
/** An archive is there for so long after it was made; then it is destroyed. */
export const DATA_EXPORT_LIVES_MS = 7 * DAY_MS

/** A stored export, with the name of whose data they are. */
export type DataExportRow = {
  readonly exportId: string
  readonly visitorId: string
  readonly state: DataExport['state']
  readonly askedAt: Date
  readonly expiresAt: Date | null
  readonly bytes: number | null
  readonly sha256: string | null
  readonly downloads: number
  readonly visitor: PersonName
}

/** An export as whoever asked for it sees it; `ownId`: the visitor of that account. */
export function dataExportView(
  row: DataExportRow,
  { ownId, now }: { readonly ownId: string; readonly now: Date },
): DataExport {
  const { exportId, visitorId, bytes, sha256, downloads, expiresAt } = row
  return {
    ...{ exportId, bytes, sha256, downloads, state: stateAt(row, now) },
    child: visitorId === ownId ? null : { visitorId, displayName: fullNameOf(row.visitor) },
    askedAt: row.askedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  }
}

/** A time that is over is over, whether or not the job has been there. */
export function stateAt(
  { state, expiresAt }: Pick<DataExportRow, 'state' | 'expiresAt'>,
  now: Date,
): DataExport['state'] {
  const isOver = state === 'READY' && expiresAt !== null && expiresAt <= now
  return isOver ? 'EXPIRED' : state
}

/** The sealed archive's name, by which it is bound to its key. */
export function dataFileOf(exportId: string): string {
  return `${exportId}.zip.sealed`
}

/** Where it lies in the object store. */
export function dataStoreKeyOf(exportId: string): string {
  return `my-data/${dataFileOf(exportId)}`
}
