/// <reference lib="dom" />
/* global DOMException, TextDecoder, document, navigator */
// The page's end of the verifier. CORE and WORDS stand before it in the built file.
import { COUNTS, EXPECTED, verify } from './core.mjs'
import { WORDS } from './all-words.mjs'

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id))
let language = navigator.language.startsWith('ru') ? 'ru' : 'en'
/** @type {string | null} */
let text = null
/** Which check is the newest: an older one that ends later shows nothing. */
let checks = 0

const words = () => WORDS[/** @type {'en' | 'ru'} */ (language)]

/** Text only, whatever stands in a file. @param {string} tag @param {string} content @param {string} [name] */
const element = (tag, content, name) => {
  const made = document.createElement(tag)
  made.textContent = content
  if (name) made.className = name
  return made
}

const showWords = () => {
  const w = words()
  document.documentElement.lang = language
  document.title = w.title
  for (const name of ['title', 'intro', 'drop', 'key', 'keyHint']) $(name).textContent = w[name]
  $('language').textContent = language === 'en' ? 'Русский' : 'English'
}

/** @param {[string, string][]} rows */
const table = (rows) => {
  const made = document.createElement('table')
  for (const [term, value] of rows) {
    const row = made.insertRow()
    const head = element('th', term)
    head.setAttribute('scope', 'row')
    row.append(head, element('td', value))
  }
  return made
}

/** @param {string[]} codes */
const list = (codes) => {
  const made = document.createElement('ul')
  made.append(...codes.map((code) => element('li', words().statements[code] ?? code)))
  return made
}

/** @param {import('./core.mjs').Fault} fault */
const sentence = ({ code, line }) => {
  const w = words()
  return line === undefined
    ? w.faults[code]
    : `${w.line.replace('{n}', String(line))} ${w.faults[code]}`
}

/** @param {import('./core.mjs').Verdict} verdict */
const verdictBox = ({ isGood, isKeyCompared, faults }) => {
  const w = words()
  const tone = !isGood ? 'bad' : isKeyCompared ? 'good' : 'unsure'
  const box = element('div', '', `verdict ${tone}`)
  box.append(element('h2', w[tone]))
  if (tone === 'unsure') box.append(element('p', w.unsureText))
  const told = document.createElement('ul')
  told.append(...faults.map((fault) => element('li', sentence(fault))))
  if (faults.length > 0) box.append(told)
  return box
}

/** @param {any} certificate */
const contents = ({ finding, visit, proves, provesNot, totals, gaps, violations }) => {
  const w = words()
  const when = (/** @type {string | undefined} */ at) =>
    at === undefined
      ? w.terms.noMedia
      : new Date(at).toLocaleString(language === 'en' ? 'en-GB' : language, {
          timeZoneName: 'short',
        })
  return [
    element('h2', w.finding[finding] ?? finding),
    element('p', w.findingText[finding] ?? ''),
    table([
      [w.terms.reference, visit.visitId],
      [w.terms.booked, `${when(visit.bookedFrom)} – ${when(visit.bookedTo)}`],
      [
        w.terms.media,
        visit.mediaFrom ? `${when(visit.mediaFrom)} – ${when(visit.mediaTo)}` : w.terms.noMedia,
      ],
      [w.terms.ended, when(visit.endedAt)],
      [w.terms.participants, String(visit.participants)],
    ]),
    element('h3', w.proves),
    list(proves),
    element('h3', w.provesNot),
    list(provesNot),
    element('h3', w.figures),
    table(
      COUNTS.map((name) => [
        w.counts[name],
        `${totals.most[name]}${EXPECTED.includes(name) || totals.most[name] === 0 ? '' : ' !'}`,
      ]),
    ),
    element('h3', w.violations),
    violations.length === 0
      ? element('p', w.noViolations)
      : table(violations.map((/** @type {any} */ found) => [when(found.at), String(found.what)])),
    element('h3', w.gaps),
    gaps.length === 0
      ? element('p', w.noGaps)
      : table(
          gaps.map((/** @type {any} */ gap) => [
            `${when(gap.from)} – ${when(gap.to)}`,
            w.gapReasons[gap.reason] ?? gap.reason,
          ]),
        ),
  ]
}

/** @param {import('./core.mjs').Verdict} verdict */
const show = (verdict) => {
  const w = words()
  const grouped = (/** @type {string} */ hex) => hex.match(/.{4}/g)?.join(' ') ?? ''
  $('result').replaceChildren(
    verdictBox(verdict),
    table([
      [w.fingerprint, grouped(verdict.fingerprint)],
      [w.sha256, grouped(verdict.sha256)],
    ]),
    // What was changed is not shown as if it were true.
    ...(verdict.isGood ? contents(verdict.certificate) : []),
  )
}

/** @param {unknown} error */
const showFailure = (error) => {
  const why = error instanceof DOMException ? words().oldBrowser : String(error)
  $('result').replaceChildren(element('p', why, 'verdict bad'))
}

const check = async () => {
  if (text === null) return
  const own = (checks += 1)
  try {
    const verdict = await verify(text, $('given').value)
    if (own === checks) show(verdict)
  } catch (error) {
    showFailure(error)
  }
}

/** @param {File | undefined} file */
const take = async (file) => {
  if (!file) return
  $('name').textContent = file.name
  // Byte for byte: a mark at the beginning is a change, too.
  text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer())
  await check()
  // The same file, changed meanwhile, can be chosen again.
  $('file').value = ''
}

$('language').addEventListener('click', () => {
  language = language === 'en' ? 'ru' : 'en'
  showWords()
  void check()
})
$('file').addEventListener('change', () => void take($('file').files[0]))
$('given').addEventListener('input', () => void check())
document.addEventListener('dragover', (event) => event.preventDefault())
document.addEventListener('drop', (event) => {
  event.preventDefault()
  void take(event.dataTransfer?.files[0])
})
showWords()
