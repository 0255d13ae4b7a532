// The command line's end of the log's part.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { keptNotes, verifyLog } from './log.mjs'
import { readVerifierKey } from './notes.mjs'
import { verifyProof } from './proof.mjs'
import { LOG_WORDS } from './words.mjs'

/** @type {Record<string, any>} */
const logWords = LOG_WORDS[process.argv.includes('--ru') ? 'ru' : 'en']

/** @param {string} text @param {Record<string, unknown>} values */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))

/** @param {string} text */
const say = (text) => console.log(text)

/** @param {string[]} given @returns {{keys: import('./notes.mjs').VerifierKey[], places: string[], unknown: string[]}} */
const sorted = (given) => {
  const keys = given.flatMap((one) => readVerifierKey(one) ?? [])
  const others = given.filter((one) => !readVerifierKey(one))
  return {
    keys,
    places: others.filter((one) => existsSync(one)),
    unknown: others.filter((one) => !existsSync(one)),
  }
}

/** `log FOLDER [KEY …] [OLD CHECKPOINT …]`; 0: good, 1: bad, 2: not asked properly. @param {string[]} given */
export const logCli = ([folder, ...rest]) => {
  const { keys, places, unknown } = sorted(rest)
  if (!folder || unknown.length > 0) {
    say(unknown.length > 0 ? `${logWords.badKey} ${unknown.join(' ')}` : logWords.usage)
    return 2
  }
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    say(logWords.noFolder)
    return 2
  }
  const verdict = verifyLog(folder, { keys, kept: places.flatMap(keptNotes) })
  say(filled(logWords.log, verdict))
  for (const fault of verdict.faults) say(`✗ ${faultLine(fault)}`)
  for (const { name, size, at } of verdict.witnesses)
    say(filled(logWords.witness, { name, size, at: new Date(at * 1000).toISOString() }))
  for (const key of verdict.keys) say(`${logWords.key}: ${key}`)
  say(`\n${logEnd(verdict)}`)
  return verdict.isGood ? 0 : 1
}

/** @param {import('./log.mjs').LogVerdict} verdict */
const logEnd = ({ isGood, isKeyCompared, kept }) => {
  if (!isGood) return logWords.bad
  const good = isKeyCompared ? logWords.good : logWords.unsure
  const proves = kept > 0 ? logWords.provesKept : logWords.provesAlone
  return `${good}\n${logWords.proves}\n${proves}\n${logWords.provesNot}`
}

/** @param {import('./log.mjs').LogFault} fault */
const faultLine = ({ code, seq, toSeq, size, detail }) => {
  const place =
    seq === undefined
      ? ''
      : filled(toSeq === undefined || toSeq === seq ? logWords.entry : logWords.entries, {
          seq,
          toSeq,
        })
  const at = size === undefined ? '' : filled(logWords.atSize, { size })
  return [place, at, logWords.faults[code], detail].filter(Boolean).join(' ')
}

/** `proof FILE KEY …`; 0: good, 1: bad, 2: not asked properly. @param {string[]} given */
export const proofCli = ([file, ...rest]) => {
  const { keys, places, unknown } = sorted(rest)
  const isAsked =
    file && existsSync(file) && keys.length > 0 && places.length + unknown.length === 0
  if (!isAsked) {
    say(logWords.proofUsage)
    return 2
  }
  const { isGood, code, entry, size, origin } = verifyProof(readFileSync(file, 'utf8'), keys)
  if (isGood) {
    say(filled(logWords.proofGood, { seq: entry.seq, size, origin }))
    say(JSON.stringify(entry, null, 2))
  } else say(`✗ ${logWords.faults[code ?? '']}\n\n${logWords.bad}`)
  return isGood ? 0 : 1
}
