import { ESLint } from 'eslint'
import ts from 'typescript'
import { inRoot } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'

const CLIENTS = ['web-client', 'kiosk-client']

/** The two halves of the sources: they need different types, so that each works out only its own. */
const HALVES = {
  clients: { project: 'tsconfig.web.json', files: CLIENTS, ignored: [] },
  'all but the clients': { project: 'tsconfig.json', files: ['.'], ignored: CLIENTS },
}

/** @typedef {keyof typeof HALVES} Half */

/** @type {ts.FormatDiagnosticsHost} */
const FORMAT = {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => inRoot(),
  getNewLine: () => '\n',
}

/** @param {readonly ts.Diagnostic[]} diagnostics @returns {boolean} none: all good */
const tellTypeErrors = (diagnostics) => {
  if (diagnostics.length > 0) console.log(ts.formatDiagnostics(diagnostics, FORMAT))
  return diagnostics.length === 0
}

/** @param {string} project @returns {ts.Program} as tsc and typescript-eslint would each have made it */
const programOf = (project) => {
  /** @param {ts.Diagnostic} fault @returns {never} */
  const refuse = (fault) => {
    throw new Error(ts.formatDiagnostic(fault, FORMAT))
  }
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: refuse }
  const parsed = ts.getParsedCommandLineOfConfigFile(inRoot(project), {}, host)
  if (!parsed) throw new Error(`${project} cannot be read`)
  const { fileNames, options, errors } = parsed
  return ts.createProgram({
    ...{ rootNames: fileNames, options, configFileParsingDiagnostics: errors },
    // The lint looks from a node at its parents.
    host: ts.createCompilerHost(options, true),
  })
}

/** @param {ts.Program} program @param {Half} half @returns {Promise<boolean>} */
const lint = async (program, half) => {
  const { files, ignored } = HALVES[half]
  const eslint = new ESLint({
    cwd: inRoot(),
    ignorePatterns: [...ignored],
    overrideConfig: {
      files: ['**/*.ts', '**/*.tsx'],
      languageOptions: { parserOptions: { programs: [program] } },
    },
  })
  const results = await eslint.lintFiles([...files])
  const formatter = await eslint.loadFormatter('stylish')
  const text = await formatter.format(results)
  if (text.trim()) console.log(text)
  return results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0)
}

/** What tsc finds and what eslint finds in one half, over the same types: working them out takes most of the time. */
const main = async () => {
  const half = process.argv[2] ?? ''
  if (!(half in HALVES)) throw new Error(`one of: ${Object.keys(HALVES).join(', ')}`)
  const program = programOf(HALVES[/** @type {Half} */ (half)].project)
  const areTypesGood = tellTypeErrors(ts.getPreEmitDiagnostics(program))
  const isLintGood = await lint(program, /** @type {Half} */ (half))
  return areTypesGood && isLintGood ? 0 : 1
}

await runMain(main)
