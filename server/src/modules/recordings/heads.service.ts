import type { Logger } from '@visavis/platform/log'
import type { Transact } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'
import type { HeadRow, HeadsRepo } from './heads.repo.ts'
import type { ToldHead } from './recorder-links.ts'

/** How far recordings are on disk, as it is kept (RC-2). */
export type HeadKeeper = {
  readonly note: (head: ToldHead) => void
  /** Stores what was noted; resolves when it is stored. Never rejects: what fails is kept for the next time. */
  readonly flush: () => Promise<void>
  /** Stores what was noted, for the last time. */
  readonly close: () => Promise<void>
}

type Deps = {
  readonly repo: HeadsRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly log: Logger
}

/** What was written by then can be proved, whatever becomes of recorder and server. */
const FLUSH_EVERY_MS = 5_000

/**
 * Keeps heads: rows, and one audit entry for each facility with all its recordings, in one transaction. The
 * entry is what stands when somebody rewrites files and rows.
 */
export function createHeadKeeper(deps: Deps): HeadKeeper {
  const noted = new Map<string, ToldHead>()
  let work: Promise<void> = Promise.resolve()
  const flush = (): Promise<void> => {
    work = work.then(() => storeAll(deps, noted))
    return work
  }
  const timer = setInterval(() => void flush(), FLUSH_EVERY_MS).unref()
  return {
    note: (head) => void noted.set(head.recordingId, head),
    flush,
    close() {
      clearInterval(timer)
      return flush()
    },
  }
}

async function storeAll(deps: Deps, noted: Map<string, ToldHead>): Promise<void> {
  const heads = [...noted.values()]
  noted.clear()
  if (heads.length === 0) return
  try {
    const rows = await deps.repo.withFacility(heads)
    const facilityIds = new Set(rows.map(({ facilityId }) => facilityId))
    for (const facilityId of facilityIds) {
      await storeOfFacility(
        deps,
        facilityId,
        rows.filter((row) => row.facilityId === facilityId),
      )
    }
  } catch (error) {
    deps.log.error({ err: error, heads: heads.length }, 'heads of recordings were not stored')
    // Later ones say all that these do.
    heads
      .filter(({ recordingId }) => !noted.has(recordingId))
      .forEach((head) => noted.set(head.recordingId, head))
  }
}

function storeOfFacility(
  { repo, transact, audit }: Deps,
  facilityId: string,
  rows: readonly HeadRow[],
): Promise<void> {
  return transact(async (tx) => {
    const added = await repo.add(tx, rows)
    if (added === 0) return
    await audit.append(tx, {
      facilityId,
      actor: SERVER,
      action: 'recording.heads',
      object: { type: 'facility', objectId: facilityId },
      outcome: 'allow',
      detail: {
        heads: rows.map(({ recordingId, visitId, chunks, chain }) => ({
          recordingId,
          visitId,
          chunks,
          chain,
        })),
      },
    })
  })
}
