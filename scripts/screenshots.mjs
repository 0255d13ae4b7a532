import { inRoot } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'
import { runWithTestDatabase } from './lib/test-environment.mjs'

await runMain(() => runWithTestDatabase(inRoot('tests/screenshots/take.ts'), process.argv.slice(2)))
