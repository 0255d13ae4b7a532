import { inRoot } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'
import { runWithTestDatabase } from './lib/test-environment.mjs'

await runMain(() =>
  runWithTestDatabase(inRoot('tests/faults/all-faults.ts'), process.argv.slice(2)),
)
