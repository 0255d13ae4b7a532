import { runCommand } from '../src/command-line.ts'
import { readDatabaseConfig } from '../src/config.ts'
import { createDatabase } from '../src/database.ts'
import { formatSeedInfo } from './demo/format-seed-info.ts'
import { seedDemo } from './demo/seed-demo.ts'

/** `node prisma/seed/main.ts` prints a table for people, with `--json` the same for programs. */
await runCommand(async () => {
  const { databaseUrl, isProduction } = readDatabaseConfig(process.env)
  const db = createDatabase(databaseUrl, { applicationName: 'visavis-seed', poolSize: 1 })
  try {
    const info = await seedDemo(db, { now: new Date(), isProduction })
    const isForPrograms = process.argv.includes('--json')
    process.stdout.write(isForPrograms ? `${JSON.stringify(info)}\n` : formatSeedInfo(info))
  } finally {
    await db.$disconnect()
  }
})
