import { existsSync } from 'node:fs'
import { auditKeyFile, changeAuditKey, verifierKeyOf } from './lib/audit-key.mjs'
import { loadEnvironment } from './lib/dot-env.mjs'
import { parseFlags } from './lib/flags.mjs'
import { Problem, runMain } from './lib/problem.mjs'

const USAGE = 'npm run audit:key -- [--change]'
const FLAGS = /** @type {const} */ ({ change: { type: 'boolean', default: false } })

await runMain(async () => {
  const { change } = parseFlags(FLAGS, USAGE)
  const env = loadEnvironment()
  const file = env.AUDIT_KEY_FILE || auditKeyFile()
  if (!existsSync(file)) throw new Problem(`There is no ${file}.`, 'npm run setup makes it.')
  const origin = env.PUBLIC_ORIGIN || `http://localhost:${env.PORT || '3000'}`
  if (change) {
    const { before, now } = changeAuditKey(file, origin)
    console.log(`before: ${before}\nnow:    ${now}\nRestart the server; then publish the new key.`)
  } else console.log(verifierKeyOf(file, origin))
  return 0
})
