import { inRoot } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'
import { runWithTestDatabase } from './lib/test-environment.mjs'

// `npm run screenshots -- wall FOLDER`: a wall of 1 to 60 visits; `oversight FOLDER` and `recordings FOLDER`: the
// pages of officers' and of investigators' work; else one visit from end to end.
const PARTS = ['wall', 'oversight', 'recordings']
const [what, ...rest] = process.argv.slice(2)
const [file, args] =
  what !== undefined && PARTS.includes(what)
    ? [`take-${what}.ts`, rest]
    : ['take.ts', what === undefined ? [] : [what, ...rest]]

await runMain(() => runWithTestDatabase(inRoot('tests/screenshots', file), args))
