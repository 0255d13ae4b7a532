/* global TextDecoder */
// The command line's end of the verifier. CORE and WORDS stand before it in the built file.
import { readFileSync } from 'node:fs'
import { readKey, verify } from './core.mjs'
import { WORDS } from './all-words.mjs'

const given = process.argv.slice(2).filter((argument) => argument !== '--ru')
const words = WORDS[process.argv.includes('--ru') ? 'ru' : 'en']
const [path, ...rest] = given

if (!path) {
  console.log(words.usage)
  process.exit(2)
}
const keyText = rest.join('')
const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFileSync(path))
const verdict = await verify(text, keyText)
for (const { code, line } of verdict.faults) {
  const place = line === undefined ? '' : `${words.line.replace('{n}', String(line))} `
  console.log(`✗ ${place}${words.faults[code]}`)
}
console.log(`${words.fingerprint}: ${verdict.fingerprint}`)
console.log(`${words.sha256}: ${verdict.sha256}`)
if (verdict.isGood) {
  const isSure = verdict.isKeyCompared && readKey(keyText) !== null
  console.log(`\n${isSure ? words.good : `${words.unsure}. ${words.unsureText}`}`)
  console.log(words.finding[verdict.certificate.finding])
}
if (!verdict.isGood) console.log(`\n${words.bad}`)
process.exit(verdict.isGood ? 0 : 1)
