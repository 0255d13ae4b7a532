// Puts the offline verifiers together: of certificates one file for Node and one for browsers, from one source;
// of recordings and exports one for Node.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { inRoot } from '../lib/paths.mjs'
import { WORDS } from './all-words.mjs'

/** Where the built files stand: published as they are, and offered by the pages. */
export const BUILT = {
  mjs: inRoot('docs/verify/verify-certificate.mjs'),
  html: inRoot('docs/verify/verify-certificate.html'),
  recording: inRoot('docs/verify/visavis-verify.mjs'),
  witness: inRoot('docs/verify/visavis-witness.mjs'),
}

const HEAD = `// Checks certificates of visits that nobody could watch. Needs Node 20 or newer, and no network.
// Made from scripts/verifier by scripts/verifier/build.mjs; read it: there is nothing else in it.
`

const RECORDING_HEAD = `#!/usr/bin/env node
// Checks recordings of visits, exports of them, and the audit log. Needs Node 20 or newer, and no network.
// Made from scripts/verifier/recording and scripts/verifier/log by scripts/verifier/build.mjs; read it: there is nothing else in it.
`
const RECORDING_PARTS = [
  ...['recording/proofs', 'recording/files', 'recording/verify', 'recording/words'],
  ...[
    'log/notes',
    'log/entries',
    'log/log',
    'log/proof',
    'log/words',
    'log/log-cli',
    'recording/cli',
  ],
]
const WITNESS_HEAD = `#!/usr/bin/env node
// Watches the audit log of a service for somebody else than the service: co-signs what only grows, keeps evidence of
// anything else. Needs Node 20 or newer, and the service's public address.
// Made from scripts/verifier/witness by scripts/verifier/build.mjs; read it: there is nothing else in it.
`
const WITNESS_PARTS = [
  'recording/proofs',
  'log/notes',
  'witness/words',
  'witness/witness',
  'witness/cli',
]

/** @param {string} name */
const source = (name) => readFileSync(new URL(name, import.meta.url), 'utf8')

/** Without imports of its neighbours and without exports: they stand in one file. @param {string} text */
const plain = (text) =>
  text.replace(/^import .* from '\.{1,2}\/.*\n/gm, '').replace(/^export const/gm, 'const')

const script = (/** @type {string} */ end) =>
  `${plain(source('core.mjs'))}\nconst WORDS = ${JSON.stringify(WORDS, null, 1)}\n\n${plain(source(end))}`

/** @param {string} text */
const allowed = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Both files' text. */
export const buildVerifier = () => {
  const style = source('page.css')
  const page = script('page.mjs')
  const csp = `default-src 'none'; script-src ${allowed(page)}; style-src ${allowed(style)}; base-uri 'none'; form-action 'none'`
  const fill = { '%CSP%': csp, '%STYLE%': style, '%SCRIPT%': page }
  // The policy allows exactly this text, so that no space may stand around it.
  const html = source('page.html').replace(
    /\s*(%[A-Z]+%)\s*/g,
    (_, mark) => fill[/** @type {keyof typeof fill} */ (mark)] ?? mark,
  )
  return { mjs: `${HEAD}${script('cli.mjs')}`, html }
}

/** The verifier of recordings: its parts in one file, whose imports of Node's own modules stand together. */
export const buildRecordingVerifier = () => `${RECORDING_HEAD}${oneFile(RECORDING_PARTS)}`

/** The witness, likewise. */
export const buildWitness = () => `${WITNESS_HEAD}${oneFile(WITNESS_PARTS)}`

/** @param {string[]} names */
const oneFile = (names) => {
  const parts = names.map((name) => source(`${name}.mjs`))
  const imports = /^import \{?.*\}? from 'node:.*\n/gm
  const own = parts.map((text) => plain(text).replace(imports, ''))
  return `${nodeImports(parts.join(''))}\n${own.join('\n')}`
}

/** @param {string} text */
const nodeImports = (text) => {
  /** @type {Map<string, Set<string>>} */
  const named = new Map()
  for (const [, names = '', from = ''] of text.matchAll(/^import (.*) from '(node:.*)'/gm)) {
    const known = named.get(from) ?? new Set()
    for (const name of names.replace(/[{}\s]/g, '').split(',')) known.add(name)
    named.set(from, known)
  }
  return [...named]
    .map(([from, names]) => {
      const list = [...names].sort().join(', ')
      return `import ${from === 'node:path' ? list : `{ ${list} }`} from '${from}'\n`
    })
    .join('')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const built = buildVerifier()
  writeFileSync(BUILT.mjs, built.mjs)
  writeFileSync(BUILT.html, built.html)
  writeFileSync(BUILT.recording, buildRecordingVerifier(), { mode: 0o755 })
  writeFileSync(BUILT.witness, buildWitness(), { mode: 0o755 })
  console.log(Object.values(BUILT).join('\n'))
}
