/* global TextEncoder, atob, btoa, crypto */
// The part of the verifier that page and command line share. It needs nothing but WebCrypto.

/**
 * @typedef {{code: string, line?: number, detail?: string}} Fault  `line` counts the lines of the census from 1
 * @typedef {{isGood: boolean, faults: Fault[], isKeyCompared: boolean, fingerprint: string, sha256: string, certificate: any}} Verdict
 */

export const CENSUS_START = '0'.repeat(64)
export const GAP_MS = 10_000
export const EXPECTED = ['seats', 'seatTransports', 'seatProducers', 'seatConsumers']
export const COUNTS = [
  ...['seats', 'seatTransports', 'otherTransports', 'plainTransports', 'pipeTransports'],
  ...['directTransports', 'seatProducers', 'otherProducers', 'seatConsumers', 'observerConsumers'],
  ...['tapConsumers', 'stillsConsumers', 'otherConsumers', 'dataChannels', 'rtpObservers'],
]

/** Any JSON value in its one canonical form (RFC 8785 without fractions). @param {any} value @returns {string} */
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  // Without a comparator, sort() orders by UTF-16 code units, as the RFC asks.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
  return `{${members.join(',')}}`
}

/** @param {string} text */
const bytesOf = (text) => new TextEncoder().encode(text)

/** @param {Uint8Array} bytes */
const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** @param {Uint8Array<ArrayBuffer>} bytes */
const sha256 = async (bytes) => hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))

/** @param {string} text @returns {Uint8Array<ArrayBuffer> | null} */
const fromBase64 = (text) => {
  try {
    const binary = atob(text)
    // The last digit has bits that mean nothing: one text for one value, or a byte could be changed unseen.
    return btoa(binary) === text ? Uint8Array.from(binary, (char) => char.charCodeAt(0)) : null
  } catch {
    return null
  }
}

/**
 * What a person gave to compare: a fingerprint (64 hex digits), a raw key (base64) or a PEM public key.
 * @param {string} given @returns {{fingerprint: string} | {key: Uint8Array<ArrayBuffer>} | null}
 */
export const readKey = (given) => {
  const text = given.replace(/-----[A-Z ]+-----/g, '').replace(/[\s:]/g, '')
  if (/^[0-9a-f]{64}$/i.test(text)) return { fingerprint: text.toLowerCase() }
  const bytes = fromBase64(text)
  if (bytes?.length === 32) return { key: bytes }
  // A public key of Ed25519 in a PEM has twelve bytes of name before it.
  return bytes?.length === 44 ? { key: bytes.slice(12) } : null
}

/**
 * Checks a certificate: `text` is the whole file, `given` what to compare its key with ('' for nothing).
 * @param {string} text @param {string} given @returns {Promise<Verdict>}
 */
export const verify = async (text, given = '') => {
  const file = parse(text)
  const sha = await sha256(bytesOf(text))
  const bad = (/** @type {string} */ code) => ({
    ...{ isGood: false, faults: [{ code }], isKeyCompared: false, fingerprint: '' },
    ...{ sha256: sha, certificate: null },
  })
  if (!file) return bad('NOT_JSON')
  if (!isCertificate(file)) return bad('NOT_A_CERTIFICATE')
  const { certificate, signature } = file
  const lines = await readLines(certificate)
  const key = await checkKey(certificate, { signature, given })
  const faults = [
    ...(canonical(file) === text ? [] : [{ code: 'REFORMATTED' }]),
    ...key.faults,
    ...lines.faults,
    ...checkSums(certificate, lines.read),
  ]
  const { isKeyCompared, fingerprint } = key
  return {
    isGood: faults.length === 0,
    faults,
    isKeyCompared,
    fingerprint,
    sha256: sha,
    certificate,
  }
}

/** @param {string} text @returns {any} */
const parse = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** @param {any} file */
const isCertificate = (file) =>
  typeof file.signature === 'string' &&
  file.certificate?.type === 'visavis.certificate' &&
  file.certificate.v === 1 &&
  Array.isArray(file.certificate.census) &&
  typeof file.certificate.key?.publicKey === 'string'

/**
 * @param {any} certificate @param {{signature: string, given: string}} with_
 * @returns {Promise<{faults: Fault[], isKeyCompared: boolean, fingerprint: string}>}
 */
const checkKey = async (certificate, { signature, given }) => {
  const own = fromBase64(certificate.key.publicKey) ?? new Uint8Array()
  const fingerprint = await sha256(own)
  const known = given.trim() === '' ? null : readKey(given)
  const isSame = known === null || (await isSameKey(known, own))
  const faults = [
    ...(given.trim() !== '' && known === null ? [{ code: 'KEY_UNREADABLE' }] : []),
    ...(isSame ? [] : [{ code: 'OTHER_KEY' }]),
    ...(certificate.key.fingerprint === fingerprint ? [] : [{ code: 'FINGERPRINT_WRONG' }]),
    ...((await isSigned(certificate, { signature, key: own }))
      ? []
      : [{ code: 'SIGNATURE_WRONG' }]),
  ]
  return { faults, isKeyCompared: known !== null && isSame, fingerprint }
}

/** @param {{fingerprint: string} | {key: Uint8Array<ArrayBuffer>}} known @param {Uint8Array<ArrayBuffer>} own */
const isSameKey = async (known, own) =>
  'key' in known ? hexOf(known.key) === hexOf(own) : known.fingerprint === (await sha256(own))

/** @param {any} certificate @param {{signature: string, key: Uint8Array<ArrayBuffer>}} with_ */
const isSigned = async (certificate, { signature, key }) => {
  const bytes = fromBase64(signature)
  if (bytes?.length !== 64 || key.length !== 32) return false
  const algorithm = { name: 'Ed25519' }
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['verify'])
  return crypto.subtle.verify(algorithm, imported, bytes, bytesOf(canonical(certificate)))
}

/**
 * Each line, read, with what is wrong in the chain.
 * @param {any} certificate @returns {Promise<{read: any[], faults: Fault[]}>}
 */
const readLines = async ({ census, visit, totals }) => {
  const read = []
  const faults = []
  for (const [index, entry] of census.entries()) {
    const line = parse(String(entry?.text)) ?? {}
    const fault =
      (await ownFault(entry, { line, visit })) ??
      linkFault(census[index - 1], read[index - 1], line)
    if (fault) faults.push({ code: fault, line: index + 1 })
    read.push(line)
  }
  const promised = Number(totals?.lines)
  if (read.length < promised) faults.push({ code: 'LINES_CUT', line: read.length + 1 })
  if (read.length > promised) faults.push({ code: 'LINE_ADDED', line: promised + 1 })
  return { read, faults }
}

/** @param {any} entry @param {{line: any, visit: any}} with_ */
const ownFault = async (entry, { line, visit }) => {
  if ((await sha256(bytesOf(String(entry?.text)))) !== entry?.hash) return 'LINE_EDITED'
  return line.visitId === visit?.visitId && line.v === 1 ? null : 'LINE_OF_ANOTHER'
}

/** @param {any} entryBefore @param {any} before @param {any} line */
const linkFault = (entryBefore, before, line) => {
  if (!before || line.epoch !== before.epoch) return firstFault(before, line)
  const seq = before.seq + 1
  if (line.seq !== seq) return line.seq > seq ? 'LINES_MISSING' : 'LINE_OUT_OF_ORDER'
  if (before.kind === 'END') return 'LINE_AFTER_END'
  return line.prevHash === entryBefore.hash ? null : 'LINE_UNLINKED'
}

/** Of the first line of a room. @param {any} before @param {any} line */
const firstFault = (before, line) => {
  if (before && !(line.epoch > before.epoch)) return 'LINE_OUT_OF_ORDER'
  if (line.seq !== 1) return 'LINES_MISSING'
  return line.prevHash === CENSUS_START ? null : 'LINE_UNLINKED'
}

/** What the certificate says of its lines, worked out anew. @param {any} certificate @param {any[]} lines @returns {Fault[]} */
const checkSums = (certificate, lines) => {
  const totals = totalsOf(lines)
  const gaps = gapsOf(lines, certificate.visit ?? {})
  const violations = lines
    .filter(({ end }) => end === 'VIOLATED')
    .map(({ epoch, at, violation }) => ({ epoch, at, what: violation ?? '' }))
  const finding = findingOf(certificate, { totals, gaps, violations })
  /** @type {[string, unknown, unknown][]} */
  const said = [
    ['TOTALS_WRONG', certificate.totals, totals],
    ['GAPS_WRONG', certificate.gaps, gaps],
    ['VIOLATIONS_WRONG', certificate.violations, violations],
    ['FINDING_WRONG', certificate.finding, finding],
  ]
  return said.flatMap(([code, one, other]) =>
    canonical(one ?? null) === canonical(other) ? [] : [{ code }],
  )
}

/** @param {any[]} lines */
const totalsOf = (lines) => ({
  lines: lines.length,
  epochs: new Set(lines.map(({ epoch }) => epoch)).size,
  most: Object.fromEntries(
    COUNTS.map((name) => [
      name,
      Math.max(0, ...lines.map(({ counts }) => Number(counts?.[name] ?? 0))),
    ]),
  ),
})

/** @param {string} at */
const ms = (at) => new Date(at).getTime()

/** @param {string} from @param {string} to @param {string} reason */
const longOnly = (from, to, reason) => {
  const length = ms(to) - ms(from)
  return length > GAP_MS ? [{ from, to, ms: length, reason }] : []
}

/** Stretches of which nothing is known. @param {any[]} lines @param {any} visit */
const gapsOf = (lines, { mediaFrom, endedAt }) => {
  const first = lines[0]
  const last = lines.at(-1)
  if (!first) return mediaFrom ? longOnly(mediaFrom, endedAt, 'NO_CENSUS') : []
  const isLate = mediaFrom && ms(mediaFrom) < ms(first.at)
  return [
    ...(isLate ? longOnly(mediaFrom, first.at, 'NO_CENSUS') : []),
    ...lines.slice(1).flatMap((line, index) => gapBetween(lines[index], line)),
    ...(last.kind === 'END' ? [] : longOnly(last.at, endedAt, 'CUT_OFF')),
  ]
}

/** @param {any} before @param {any} line */
const gapBetween = (before, line) => {
  // Between two rooms there was none: nothing could flow.
  if (line.epoch === before.epoch + 1 && line.seq === 1 && before.kind === 'END') return []
  return longOnly(before.at, line.at, reasonBetween(before, line))
}

/** @param {any} before @param {any} line */
const reasonBetween = (before, line) => {
  if (line.epoch === before.epoch) return line.unwritten ? 'SERVER_AWAY' : 'UNKNOWN'
  if (line.epoch > before.epoch + 1) return 'EPOCH_MISSING'
  return line.bootId === before.bootId ? 'UNKNOWN' : 'NODE_RESTARTED'
}

/** @param {any} certificate @param {{totals: any, gaps: any[], violations: any[]}} found */
const findingOf = ({ rows, visit }, { totals, gaps, violations }) => {
  const isWrong =
    violations.length > 0 ||
    COUNTS.some((name) => !EXPECTED.includes(name) && totals.most[name] > 0) ||
    Object.values(rows ?? {}).some((count) => Number(count) > 0) ||
    totals.most.seats > Number(visit?.participants)
  if (isWrong) return 'VIOLATED'
  return gaps.length > 0 ? 'GAPS' : 'CLEAN'
}
