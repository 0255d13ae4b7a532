import { CensusLine } from '@visavis/contract/census'
import type { CensusText } from '@visavis/contract/census-control'
import type { Logger } from '@visavis/platform/log'
import type { Transact } from '../../platform/transact.ts'
import type { CountedLines, Rooms } from '../rooms/index.ts'
import { censusRepo, isOfNoVisit } from './census.repo.ts'
import type { ReadLine } from './census.repo.ts'

type Deps = {
  readonly transact: Transact
  readonly rooms: Pick<Rooms, 'signals'>
  readonly log: Logger
  /** A stored line says that a room was violated; asked for each such line, also when it is old. */
  readonly onViolated: (violation: { visitId: string; epoch: number; what: string }) => void
}

/** Stores the census of privileged rooms as media nodes tell it (OV-8), and lets them forget it then. */
export function keepCensus(deps: Deps): void {
  const { rooms, log } = deps
  rooms.signals.counted.on((counted) => {
    const { visitId, epoch } = counted
    // A node tells what was not stored again; a chain that is broken stays in the log until somebody looks.
    take(deps, counted).catch((error: unknown) =>
      log.error({ visitId, epoch, err: error }, 'census was not stored'),
    )
  })
}

async function take(deps: Deps, counted: CountedLines): Promise<void> {
  const { transact, log, onViolated } = deps
  const { visitId, epoch, lines: told, stored } = counted
  const lines = told.map(readLine)
  try {
    const fresh = await transact((tx) => censusRepo.append(tx, { visitId, epoch }, lines))
    for (const { line } of fresh) {
      if (line.end === 'VIOLATED') onViolated({ visitId, epoch, what: line.violation ?? '' })
    }
  } catch (error) {
    if (!isOfNoVisit(error)) throw error
    log.error({ visitId, epoch }, 'census of a room that is no privileged visit of ours')
  }
  await stored(lines.at(-1)?.line.seq ?? 0)
}

function readLine(told: CensusText): ReadLine {
  return { told, line: CensusLine.parse(JSON.parse(told.text)) }
}
