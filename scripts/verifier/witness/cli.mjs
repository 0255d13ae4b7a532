// The command line's end of the witness.
import path from 'node:path'
import { newWitness } from './witness.mjs'
import { WITNESS_WORDS } from './words.mjs'

/** @type {Record<string, any>} */
const spoken = WITNESS_WORDS[process.argv.includes('--ru') ? 'ru' : 'en']

/** @param {string} name @param {string} [otherwise] */
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : process.argv[at + 1]
}

/** @param {string} text @param {any} values */
const inWords = (text, values) =>
  text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))

/** @param {import('./witness.mjs').Report} report */
const sayReport = (report) => {
  const time = new Date().toISOString()
  if (report.code !== 'ALARM') {
    const kind = report.code.toLowerCase()
    console.log(`${time} ${inWords(spoken[kind], report)}`)
    return
  }
  const what = inWords(spoken.alarms[report.alarm ?? ''], report)
  console.error(
    `${time} *** ${spoken.ALARM} *** ${report.log}: ${what}\n${inWords(spoken.kept, report)}`,
  )
}

const service = process.argv[2]
if (!service || !/^https?:\/\//.test(service)) {
  console.log(spoken.usage)
  process.exit(2)
}
const state = path.resolve(option('state', 'visavis-witness') ?? '')
const given = option('key')
const witness = newWitness({
  ...{ service, state, now: () => new Date() },
  name: option('name', 'witness') ?? 'witness',
  ...(given ? { key: given } : {}),
})
console.log(`${spoken.own} ${witness.verifierKey}`)
const isNew = witness.serviceKeys().length === 0 && !given
for (let isFirst = true; ; isFirst = false) {
  const reports = await witness.look()
  if (isFirst && isNew)
    console.log(
      `${spoken.trusts} ${witness
        .serviceKeys()
        .map(({ text }) => text)
        .join(' ')}`,
    )
  for (const report of reports) sayReport(report)
  if (process.argv.includes('--once'))
    process.exit(
      reports.some(({ code }) => code === 'ALARM')
        ? 1
        : reports.some(({ code }) => code === 'AWAY' || code === 'REFUSED')
          ? 3
          : 0,
    )
  await new Promise((done) => setTimeout(done, Number(option('every', '60')) * 1000))
}
