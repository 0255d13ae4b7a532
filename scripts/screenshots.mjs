import { inRoot } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'
import { runWithTestDatabase } from './lib/test-environment.mjs'

// `npm run screenshots -- wall FOLDER`: a wall of 1 to 60 visits; else one visit from end to end.
const [what, ...rest] = process.argv.slice(2)
const [file, args] =
  what === 'wall' ? ['take-wall.ts', rest] : ['take.ts', what === undefined ? [] : [what, ...rest]]

await runMain(() => runWithTestDatabase(inRoot('tests/screenshots', file), args))
