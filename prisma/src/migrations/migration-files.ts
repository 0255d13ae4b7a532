import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One folder of prisma/migrations. */
export type MigrationFile = {
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file, in hex, as Prisma's own engine computes it. */
  readonly checksum: string
}

/** Every migration in `folder`, in the order in which they apply. */
export async function readMigrationFiles(folder: string): Promise<MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(names.toSorted().map((name) => readMigrationFile(folder, name)))
}

async function readMigrationFile(folder: string, name: string): Promise<MigrationFile> {
  const bytes = await readFile(join(folder, name, 'migration.sql'))
  const checksum = createHash('sha256').update(bytes).digest('hex')
  return { name, sql: bytes.toString('utf8'), checksum }
}
