// Checks certificates of visits that nobody could watch. Needs Node 20 or newer, and no network.
// Made from scripts/verifier by scripts/verifier/build.mjs; read it: there is nothing else in it.
/* global TextEncoder, atob, btoa, crypto */
// The part of the verifier that page and command line share. It needs nothing but WebCrypto.

/**
 * @typedef {{code: string, line?: number, detail?: string}} Fault  `line` counts the lines of the census from 1
 * @typedef {{isGood: boolean, faults: Fault[], isKeyCompared: boolean, fingerprint: string, sha256: string, certificate: any}} Verdict
 */

const CENSUS_START = '0'.repeat(64)
const GAP_MS = 10_000
const EXPECTED = ['seats', 'seatTransports', 'seatProducers', 'seatConsumers']
const COUNTS = [
  ...['seats', 'seatTransports', 'otherTransports', 'plainTransports', 'pipeTransports'],
  ...['directTransports', 'seatProducers', 'otherProducers', 'seatConsumers', 'observerConsumers'],
  ...['tapConsumers', 'stillsConsumers', 'otherConsumers', 'dataChannels', 'rtpObservers'],
]

/** Any JSON value in its one canonical form (RFC 8785 without fractions). @param {any} value @returns {string} */
const canonical = (value) => {
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
const readKey = (given) => {
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
const verify = async (text, given = '') => {
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

const WORDS = {
 "en": {
  "finding": {
   "CLEAN": "Nobody else was connected",
   "GAPS": "Nobody else was connected, as far as is known",
   "VIOLATED": "Something was found that may not be there"
  },
  "findingText": {
   "CLEAN": "From the beginning to the end of this visit, nothing but the devices of the people in it received its sound or picture from this service.",
   "GAPS": "In the time that was counted, nothing but the devices of the people in this visit received its sound or picture from this service. For the stretches listed among the figures nothing is known.",
   "VIOLATED": "This service found something in this visit that may not be there. The visit was closed at once. What was found is listed among the figures."
  },
  "terms": {
   "reference": "Visit",
   "facility": "Facility",
   "class": "Class",
   "privileged": "Privileged: never watched, never recorded",
   "booked": "Booked",
   "media": "Sound and picture flowed",
   "noMedia": "Never",
   "ended": "Ended",
   "delivered": "Both sides heard and saw",
   "participants": "People in it"
  },
  "proves": "What this certificate proves",
  "provesNot": "What it does not prove",
  "statements": {
   "NO_OTHER_RECEIVER": "No officer and nobody else received sound or picture of this visit from this service: there was never a receiver but the people’s own devices.",
   "NO_RECORDER": "No recorder was ever connected, and no recording of this visit exists here.",
   "NO_WAY_OUT": "Its media had a path of its own in the server, on which no way to another machine or program was ever opened.",
   "LIBRARY_COUNTED": "All this was counted every five seconds and at each change from the events of the media library itself, apart from the code that runs visits.",
   "UNCHANGED_SINCE": "Nothing in this certificate was changed, left out or added since it was signed: the lines form a chain, and the whole is signed.",
   "CLOSED_WHEN_FOUND": "What may not be there was noticed, and the visit was closed.",
   "CAMERA_BESIDE": "That no camera, microphone or person was beside a terminal or the visitor: this service cannot see them.",
   "CHANGED_DEVICE": "That no terminal, telephone or computer was tampered with.",
   "EXCHANGED_SOFTWARE": "That the server ran our software and no other: the certificate says what this software counted, and who runs the server could replace it.",
   "READABLE_IN_SERVER": "That the service could not have read the media: it passes through the server’s memory unencrypted, as in every such service without encryption from end to end.",
   "OTHER_CHANNELS": "Anything about telephone calls, letters, or visits outside this service.",
   "GAPS_NOT_COVERED": "Anything about the stretches of time of which nothing is known; they are listed among the figures."
  },
  "figures": "Figures",
  "counts": {
   "seats": "Participants’ connections",
   "seatTransports": "Transports of participants",
   "otherTransports": "Transports of anybody else",
   "plainTransports": "Plain transports (to a recorder)",
   "pipeTransports": "Pipe transports (to another server)",
   "directTransports": "Direct transports (to a program)",
   "seatProducers": "Tracks sent by participants",
   "otherProducers": "Tracks sent by anybody else",
   "seatConsumers": "Tracks received by participants",
   "observerConsumers": "Tracks received by an officer",
   "tapConsumers": "Tracks received by a recorder",
   "stillsConsumers": "Tracks received for still pictures",
   "otherConsumers": "Tracks received by anybody else",
   "dataChannels": "Data channels",
   "rtpObservers": "Listeners to the sound level"
  },
  "gaps": "Time of which nothing is known (more than 10 s)",
  "noGaps": "None.",
  "gapReasons": {
   "NO_CENSUS": "Not counted",
   "SERVER_AWAY": "The server was away too long",
   "NODE_RESTARTED": "The media server started anew",
   "EPOCH_MISSING": "The lines of a room are missing",
   "CUT_OFF": "The census stopped before the end",
   "UNKNOWN": "Unknown"
  },
  "violations": "Things that may not be there",
  "noViolations": "None.",
  "title": "Check a certificate",
  "intro": "This page checks certificates of confidential visits. It works without a network: nothing leaves this computer.",
  "drop": "Drop the JSON file here, or choose it",
  "key": "Fingerprint or public key that the operator has published",
  "keyHint": "Without it, the page can only say that the certificate fits the key inside it.",
  "good": "Genuine and unchanged",
  "unsure": "Unchanged, but compare the key",
  "unsureText": "The certificate fits the key inside it. Whoever made a false one could have used a key of their own: compare this fingerprint with the published one.",
  "bad": "Not genuine, or changed",
  "line": "Line {n} of the census",
  "fingerprint": "Fingerprint of the key",
  "sha256": "SHA-256 of this file",
  "oldBrowser": "This browser cannot check Ed25519 signatures. Use a newer one, or Node 20 and verify-certificate.mjs.",
  "usage": "node verify-certificate.mjs CERTIFICATE.json [FINGERPRINT or PUBLIC KEY] [--ru]",
  "faults": {
   "NOT_JSON": "This is no JSON file.",
   "NOT_A_CERTIFICATE": "This is no certificate of a visit.",
   "REFORMATTED": "The file is not byte for byte as it was signed: it was changed or saved anew by a program.",
   "KEY_UNREADABLE": "What you gave to compare is neither a fingerprint nor a public key.",
   "OTHER_KEY": "It is signed with another key than the one you gave.",
   "FINGERPRINT_WRONG": "The fingerprint in it is not that of its key.",
   "SIGNATURE_WRONG": "The signature does not fit.",
   "LINE_EDITED": "was changed.",
   "LINE_OF_ANOTHER": "belongs to another visit.",
   "LINES_MISSING": "does not follow the one before: something was left out.",
   "LINE_OUT_OF_ORDER": "is not in its place.",
   "LINE_AFTER_END": "stands behind the end.",
   "LINE_UNLINKED": "is not linked to the one before.",
   "LINES_CUT": "and what follows is missing.",
   "LINE_ADDED": "was added.",
   "TOTALS_WRONG": "The totals are not those of the lines.",
   "GAPS_WRONG": "The times of which nothing is known are not those of the lines.",
   "VIOLATIONS_WRONG": "What was found is not what the lines say.",
   "FINDING_WRONG": "The finding does not follow from the lines."
  }
 },
 "ru": {
  "finding": {
   "CLEAN": "Никто посторонний не был подключён",
   "GAPS": "Насколько известно, никто посторонний не был подключён",
   "VIOLATED": "Обнаружено то, чего здесь быть не должно"
  },
  "findingText": {
   "CLEAN": "От начала до конца этого свидания звук и изображение получали от этой службы только устройства самих участников.",
   "GAPS": "В то время, за которое вёлся учёт, звук и изображение получали от этой службы только устройства самих участников. О промежутках, перечисленных в показателях, ничего не известно.",
   "VIOLATED": "Служба обнаружила в этом свидании то, чего там быть не должно. Свидание было немедленно закрыто. Что обнаружено, перечислено в показателях."
  },
  "terms": {
   "reference": "Свидание",
   "facility": "Учреждение",
   "class": "Вид",
   "privileged": "Конфиденциальное: не наблюдается и не записывается",
   "booked": "Назначено",
   "media": "Звук и изображение передавались",
   "noMedia": "Не передавались",
   "ended": "Окончено",
   "delivered": "Двусторонняя связь",
   "participants": "Участников"
  },
  "proves": "Что доказывает это свидетельство",
  "provesNot": "Чего оно не доказывает",
  "statements": {
   "NO_OTHER_RECEIVER": "Ни сотрудник, ни кто-либо другой не получал от этой службы звук или изображение свидания: получателями были только устройства самих участников.",
   "NO_RECORDER": "Записывающее устройство не подключалось, записи этого свидания здесь нет.",
   "NO_WAY_OUT": "Звук и изображение шли на сервере отдельным путём, из которого ни разу не открывался выход к другой машине или программе.",
   "LIBRARY_COUNTED": "Учёт вёлся каждые пять секунд и при каждом изменении по событиям самой медиабиблиотеки, отдельно от программы, которая ведёт свидания.",
   "UNCHANGED_SINCE": "С момента подписания в свидетельстве ничего не изменено, не убрано и не добавлено: строки образуют цепочку, всё вместе подписано.",
   "CLOSED_WHEN_FOUND": "То, чего быть не должно, было замечено, и свидание было закрыто.",
   "CAMERA_BESIDE": "Что рядом с терминалом или с посетителем не было камеры, микрофона или человека: служба этого не видит.",
   "CHANGED_DEVICE": "Что терминал, телефон или компьютер не был подменён или изменён.",
   "EXCHANGED_SOFTWARE": "Что на сервере работала именно наша программа. Свидетельство говорит, что насчитала она; тот, кто управляет сервером, мог бы её заменить.",
   "READABLE_IN_SERVER": "Что служба не могла прочесть звук и изображение: они проходят через память сервера незашифрованными, как в любой подобной службе без сквозного шифрования.",
   "OTHER_CHANNELS": "Ничего о телефонных разговорах, письмах и свиданиях вне этой службы.",
   "GAPS_NOT_COVERED": "Ничего о промежутках, за которые нет данных; они перечислены в показателях."
  },
  "figures": "Показатели",
  "counts": {
   "seats": "Подключения участников",
   "seatTransports": "Каналы участников",
   "otherTransports": "Каналы кого-либо другого",
   "plainTransports": "Простые каналы (к записи)",
   "pipeTransports": "Каналы к другому серверу",
   "directTransports": "Каналы к программе",
   "seatProducers": "Дорожки, отправленные участниками",
   "otherProducers": "Дорожки, отправленные кем-либо другим",
   "seatConsumers": "Дорожки, полученные участниками",
   "observerConsumers": "Дорожки, полученные сотрудником",
   "tapConsumers": "Дорожки, полученные записывающим устройством",
   "stillsConsumers": "Дорожки, полученные для снимков",
   "otherConsumers": "Дорожки, полученные кем-либо другим",
   "dataChannels": "Каналы данных",
   "rtpObservers": "Измерители громкости"
  },
  "gaps": "Время, о котором ничего не известно (дольше 10 с)",
  "noGaps": "Нет.",
  "gapReasons": {
   "NO_CENSUS": "Учёт не вёлся",
   "SERVER_AWAY": "Сервер слишком долго был недоступен",
   "NODE_RESTARTED": "Медиасервер был перезапущен",
   "EPOCH_MISSING": "Нет строк одной из комнат",
   "CUT_OFF": "Учёт прервался до окончания",
   "UNKNOWN": "Неизвестно"
  },
  "violations": "Обнаружено то, чего быть не должно",
  "noViolations": "Ничего.",
  "title": "Проверить свидетельство",
  "intro": "Страница проверяет свидетельства о конфиденциальных свиданиях. Она работает без сети: ничего не покидает этот компьютер.",
  "drop": "Перетащите сюда файл JSON или выберите его",
  "key": "Отпечаток или открытый ключ, опубликованный оператором",
  "keyHint": "Без него можно сказать только то, что свидетельство подходит к ключу внутри него.",
  "good": "Подлинное, не изменено",
  "unsure": "Не изменено, но сравните ключ",
  "unsureText": "Свидетельство подходит к ключу внутри него. Тот, кто изготовил подделку, мог взять собственный ключ: сравните этот отпечаток с опубликованным.",
  "bad": "Не подлинное или изменено",
  "line": "Строка {n} учёта",
  "fingerprint": "Отпечаток ключа",
  "sha256": "SHA-256 этого файла",
  "oldBrowser": "Этот браузер не умеет проверять подписи Ed25519. Возьмите более новый или Node 20 и verify-certificate.mjs.",
  "usage": "node verify-certificate.mjs СВИДЕТЕЛЬСТВО.json [ОТПЕЧАТОК или КЛЮЧ] [--ru]",
  "faults": {
   "NOT_JSON": "Это не файл JSON.",
   "NOT_A_CERTIFICATE": "Это не свидетельство о свидании.",
   "REFORMATTED": "Файл отличается от подписанного: его изменили или пересохранили другой программой.",
   "KEY_UNREADABLE": "Введено не похожее ни на отпечаток, ни на открытый ключ.",
   "OTHER_KEY": "Подписано другим ключом, не тем, который вы указали.",
   "FINGERPRINT_WRONG": "Отпечаток в файле не соответствует ключу.",
   "SIGNATURE_WRONG": "Подпись не подходит.",
   "LINE_EDITED": "изменена.",
   "LINE_OF_ANOTHER": "относится к другому свиданию.",
   "LINES_MISSING": "не следует за предыдущей: что-то убрано.",
   "LINE_OUT_OF_ORDER": "стоит не на своём месте.",
   "LINE_AFTER_END": "стоит после конца.",
   "LINE_UNLINKED": "не связана с предыдущей.",
   "LINES_CUT": "и следующие отсутствуют.",
   "LINE_ADDED": "добавлена.",
   "TOTALS_WRONG": "Итоги не соответствуют строкам.",
   "GAPS_WRONG": "Промежутки без данных не соответствуют строкам.",
   "VIOLATIONS_WRONG": "Обнаруженное не соответствует строкам.",
   "FINDING_WRONG": "Вывод не следует из строк."
  }
 }
}

/* global TextDecoder */
// The command line's end of the verifier. CORE and WORDS stand before it in the built file.
import { readFileSync } from 'node:fs'

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
