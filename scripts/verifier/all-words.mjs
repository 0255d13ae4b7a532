// The words of certificates and the verifier's own, by language. Read from the server's sources, so that
// paper, page and verifier say the same; the built files have them as plain data.
import { CERTIFICATE_WORDS } from '../../server/src/modules/certificates/certificate-words.ts'
import { VERIFIER_WORDS } from './words.mjs'

/** What the verifier says in the certificate's own words. */
const SHARED = /** @type {const} */ ([
  ...['finding', 'findingText', 'terms', 'proves', 'provesNot', 'statements', 'figures', 'counts'],
  ...['gaps', 'noGaps', 'gapReasons', 'violations', 'noViolations'],
])

/** @param {'en' | 'ru'} language @returns {Record<string, any>} */
const of = (language) => {
  /** @type {Record<string, any>} */
  const all = { ...CERTIFICATE_WORDS[language] }
  const shared = Object.fromEntries(SHARED.map((name) => [name, all[name]]))
  return { ...shared, ...VERIFIER_WORDS[language] }
}

export const WORDS = { en: of('en'), ru: of('ru') }
