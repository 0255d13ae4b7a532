// The command line's end. The other parts stand before it in the built file.
import { statSync } from 'node:fs'
import { logCli, proofCli } from '../log/log-cli.mjs'
import { fromBase64 } from './proofs.mjs'
import { verifyFolder } from './verify.mjs'
import { RECORDING_WORDS } from './words.mjs'

/** @type {Record<string, any>} */
const words = RECORDING_WORDS[process.argv.includes('--ru') ? 'ru' : 'en']
const [folder, ...given] = process.argv.slice(2).filter((argument) => argument !== '--ru')

/** @param {string} text @param {Record<string, unknown>} values */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))

/** @param {string} text @returns {never} */
const giveUp = (text) => {
  console.log(text)
  process.exit(2)
}

/** A fingerprint, a raw key in base64, or a PEM without its line breaks. @param {string} text */
const readKey = (text) => {
  const bare = text.replace(/-----[A-Z ]+-----/g, '').replace(/[\s:]/g, '')
  if (/^[0-9a-f]{64}$/i.test(bare)) return { fingerprint: bare.toLowerCase() }
  const bytes = fromBase64(bare)
  if (bytes?.length === 32) return { key: bytes }
  return bytes?.length === 44 ? { key: bytes.subarray(12) } : giveUp(`${words.badKey} ${text}`)
}

/** @param {import('./files.mjs').Fault} fault */
const faultText = ({ code, file, fromByte, toByte, detail }) => {
  const range =
    fromByte === undefined ? '' : ` ${fill(words.bytes, { from: fromByte, to: toByte })}`
  const entry = detail === undefined ? '' : ` ${fill(words.entry, { n: detail })}`
  return `${file === '' ? '' : `${file}: `}${words.faults[code]}${range}${entry}`
}

/** @param {any} manifest */
const sayManifest = (manifest) => {
  const { recordingId: id, number, issuedAt: at, gaps } = manifest
  console.log(fill(words.recording, { id, number, at }))
  console.log(`  ${fill(words.gaps, { n: gaps.length })}`)
  for (const { from, to, cause, kind, seatId } of gaps) {
    const what = kind ? `${words.kinds[kind]} (${seatId})` : words.everything
    console.log(`  ${from} – ${to}: ${what}: ${words.causes[cause] ?? cause}`)
  }
}

/** @param {import('./verify.mjs').Verdict} verdict */
const saySense = ({ hasLog }) => {
  const proves = ['FILES', 'ORDER', 'SIGNED', ...(hasLog ? ['LOGGED'] : [])]
  const not = ['NOT_BEFORE', 'NOT_WHO', 'NOT_SEALED', 'NOT_ALL', ...(hasLog ? [] : ['NOT_LOGGED'])]
  for (const [title, codes] of [
    [words.proves, proves],
    [words.provesNot, not],
  ]) {
    console.log(`\n${title}`)
    for (const code of codes) console.log(`- ${words.statements[code]}`)
  }
}

if (folder === 'log') process.exit(logCli(given))
if (folder === 'proof') process.exit(proofCli(given))
if (!folder) giveUp(words.usage)
if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) giveUp(words.noFolder)
const verdict = verifyFolder(folder, given.map(readKey))
if (verdict.isEmpty) giveUp(words.empty)
for (const manifest of verdict.manifests) sayManifest(manifest)
for (const note of verdict.notes) console.log(`· ${faultText(note)}`)
for (const fault of verdict.faults) console.log(`✗ ${faultText(fault)}`)
console.log(fill(words.checked, verdict.checked))
for (const fingerprint of verdict.fingerprints) console.log(`${words.fingerprint}: ${fingerprint}`)
if (verdict.isGood) {
  console.log(`\n${verdict.isKeyCompared ? words.good : `${words.unsure}. ${words.unsureText}`}`)
  saySense(verdict)
} else console.log(`\n${words.bad}`)
process.exit(verdict.isGood ? 0 : 1)
