import { inRoot } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'
import { runWithTestDatabase } from './lib/test-environment.mjs'

// `npm run screenshots -- wall FOLDER`: a wall of 1 to 60 visits; `family`, `office`, `oversight`, `recordings` or
// `terminal FOLDER`: the pages of those people; else one visit from end to end. FOLDER/faults.txt has what a ruler
// finds wrong in the pictures. `family` and `office` take one of their parts as a last word. PICTURES (a pattern of
// names) and WIDTHS (`360,1280`) take fewer.
const PARTS = ['wall', 'family', 'office', 'oversight', 'recordings', 'terminal']
const [what, ...rest] = process.argv.slice(2)
const [file, args] =
  what !== undefined && PARTS.includes(what)
    ? [`take-${what}.ts`, rest]
    : ['take.ts', what === undefined ? [] : [what, ...rest]]

await runMain(() => runWithTestDatabase(inRoot('tests/screenshots', file), args))
