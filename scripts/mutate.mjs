import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MUTATION_GROUPS } from './lib/mutation-groups.mjs'
import { inRoot } from './lib/paths.mjs'
import { Problem, runMain } from './lib/problem.mjs'

/** @typedef {{at: number, of: number, module: string, line: number, what: string, isNoticed: boolean | null}} Told */

const CHILD = fileURLToPath(new URL('./lib/mutation-child.mjs', import.meta.url))
/** A mutant that runs for so long has been noticed by whoever waits. */
const PATIENCE_MS = 120_000
/** Loading everything, and the tests as they are, take longer on a busy machine. */
const START_MS = 600_000
const TELL_EVERY = 25

/** @param {Told[]} done */
const scoreOf = (done) =>
  Math.round((1_000 * done.filter(({ isNoticed }) => isNoticed).length) / done.length) / 10

/**
 * Tries mutants from one on, in a process that can be killed; resolves to those that were decided.
 * @param {{modules: readonly string[], tests: readonly string[]}} group @param {number} from
 * @returns {Promise<{done: Told[], isOver: boolean}>}
 */
const tryFrom = (group, from) =>
  new Promise((resolve, reject) => {
    /** @type {Told[]} */
    const done = []
    /** @type {Told | null} */
    let open = null
    const child = fork(CHILD, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const hurry = () => child.kill('SIGKILL')
    let timer = setTimeout(hurry, START_MS)
    child.on('message', (message) => {
      clearTimeout(timer)
      timer = setTimeout(hurry, PATIENCE_MS)
      const told = /** @type {Told} */ (message)
      open = told.isNoticed === null ? told : null
      if (told.isNoticed !== null) done.push(told)
      if (told.isNoticed !== null && told.at % TELL_EVERY === 0)
        console.log(`${told.at} of ${told.of}: ${scoreOf(done)} %`)
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve({ done, isOver: true })
      else if (signal === 'SIGKILL' && open)
        resolve({ done: [...done, { ...open, isNoticed: true }], isOver: false })
      else reject(new Problem('The tests of this group do not run.', 'See above.'))
    })
    child.send({ ...group, from })
  })

/** How many changes of the modules of a group their own unit tests notice; the others by place. */
const main = async () => {
  const [name = ''] = process.argv.slice(2)
  const group = Object.hasOwn(MUTATION_GROUPS, name) ? MUTATION_GROUPS[name] : undefined
  if (!group) {
    const names = Object.keys(MUTATION_GROUPS).join(' | ')
    throw new Problem('Say which group of modules.', `npm run mutate -- ${names}`)
  }
  /** @type {Told[]} */
  const done = []
  for (let isOver = false; !isOver;) {
    const part = await tryFrom(group, done.length)
    done.push(...part.done)
    isOver = part.isOver
  }
  const survivors = done.filter(({ isNoticed }) => !isNoticed)
  for (const { module, line, what } of survivors) console.log(`${module}:${line} ${what}`)
  const figures = { mutate: name, mutants: done.length, survivors: survivors.length }
  console.log(JSON.stringify({ ...figures, score: scoreOf(done) }))
  writeFileSync(inRoot('.visavis', `mutants-${name}.json`), JSON.stringify(survivors, null, 2))
}

await runMain(main)
