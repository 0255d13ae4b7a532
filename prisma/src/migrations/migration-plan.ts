import { Fault } from '@visavis/contract/errors'
import type { MigrationFile } from './migration-files.ts'

/** One row of `_prisma_migrations`, of those that were not rolled back. */
export type AppliedMigration = {
  readonly name: string
  readonly checksum: string
  readonly isFinished: boolean
}

/**
 * The files still to apply, in order. Throws a Fault where database and files tell different stories:
 * an applied file was changed or removed, an older one slipped in, or a run stopped half-way.
 */
export function planMigrations(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): MigrationFile[] {
  const fileOf = new Map(files.map((file) => [file.name, file]))
  for (const row of applied) refuseContradiction(row, fileOf.get(row.name))

  const appliedNames = new Set(applied.map((row) => row.name))
  const pending = files.filter((file) => !appliedNames.has(file.name))
  refuseLateComer(pending, appliedNames)
  return pending
}

function refuseContradiction(row: AppliedMigration, file: MigrationFile | undefined): void {
  if (!row.isFinished) {
    throw new Fault(
      `migration ${row.name} was begun and not finished\n` +
        '  Restore the backup made before it, or finish it by hand and set its finished_at in _prisma_migrations.',
    )
  }
  if (file === undefined) {
    throw new Fault(
      `migration ${row.name} is in the database but not among the files\n` +
        '  The database is newer than this program: run the newer program, or restore its migration folder.',
    )
  }
  if (file.checksum !== row.checksum) {
    throw new Fault(
      `migration ${row.name} was changed after it was applied\n` +
        '  Put the file back as it was (git checkout) and write the change as a new migration.',
    )
  }
}

function refuseLateComer(pending: readonly MigrationFile[], applied: ReadonlySet<string>): void {
  const newest = [...applied].toSorted().at(-1) ?? ''
  const late = pending.find((file) => file.name < newest)
  if (late) {
    throw new Fault(
      `migration ${late.name} is older than ${newest}, which was already applied\n` +
        '  Rename its folder to a later time: every database must have taken the same path.',
    )
  }
}
