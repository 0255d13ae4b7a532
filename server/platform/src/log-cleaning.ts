/**
 * What of a log record may leave the process. A text comes out only where it is known what stands there:
 * ids, and the machine's own words. Anything else, at any depth and under any name, is {@link REDACTED}.
 */

export const REDACTED = '[redacted]'

/** Deeper than any record of ours. */
const MAX_DEPTH = 6
const MAX_ITEMS = 64
const MAX_TEXT = 400

/** Whatever these hold, number or text, stays inside. */
const SECRET_NAME =
  /pass(word|phrase)|^pin$|token|secret|cookie|authorization|credential|private|(?<!foreign)key$|birth|e-?mail|login|phone|sdp|ice(parameters|candidates)|dtls|fingerprint|grant$/i

/** Ids: of ours they are UUIDs or short machine texts. */
const ID_NAME = /(Ids?|^trace|^req)$/
const ID_FORM = /^[\w:./-]{1,80}$/

/** Fields with words that our own code or a library has, and no person. New ones are added here. */
const MACHINE_WORDS = new Set([
  ...['process', 'module', 'time', 'msg', 'msgPrefix'],
  ...['code', 'kind', 'state', 'outcome', 'type', 'failure', 'failureCode', 'sqlState', 'reason'],
  ...['why', 'what', 'cause', 'finding', 'warning', 'failed', 'at', 'message', 'stack', 'syscall'],
  ...['command', 'namespace', 'job', 'queue', 'pool', 'node', 'url', 'origin', 'folder', 'file'],
  ...['directive', 'source', 'method', 'route', 'room', 'part', 'action', 'algorithm', 'version'],
])

/** Whether a field's texts come out. */
export const isMachineWord = (name: string): boolean => MACHINE_WORDS.has(name)

/** Texts that may hold what somebody else wrote: only what is certain to be ours is kept of them. */
const FOREIGN_WORDS = new Set(['msg', 'message', 'stack', 'cause', 'warning'])

/** Where people, addresses, secrets and media descriptions show, in whatever text they stand. */
const TRACES: readonly (readonly [RegExp, string])[] = [
  [/[^\s@"'<>()]+@[^\s@"'<>()]+\.[^\s@"'<>()]+/g, REDACTED],
  [/\/\/[^/\s:@]+:[^/\s@]+@/g, `//${REDACTED}@`],
  [/\?[^\s"']*/g, `?${REDACTED}`],
  [/\b(bearer|basic)\s+\S+/gi, `$1 ${REDACTED}`],
  [/\b(__Host-)?visavis[\w-]*=\S+/g, REDACTED],
  [/\bvisavis-code=\S+/g, REDACTED],
  // Descriptions of media have addresses to their end.
  [/\b(a=|candidate:|ice-(ufrag|pwd)|v=0).*/g, REDACTED],
  // Keys and tokens: long, in hex or base64, and no UUID, which has dashes.
  [/(?<![\w/.-])[A-Za-z0-9+_=-]{40,}(?![\w/.-])/g, REDACTED],
]

/** What a person may have typed comes back in quotation marks, brackets or backticks. */
const QUOTED =
  /"[^"\n]*"|“[^”\n]*”|(?<![A-Za-z])'[^'\n]*'|`[^`\n]*`|\([^()\n]*\)=\([^\n]*\)|\([^()\n]*,[^()\n]*\)/g

/** A record without anything of a person, secret or medium; pure. `record` is plain JSON. */
export function cleanRecord(record: unknown): unknown {
  return clean(record, '', 0)
}

/** A line of the log, cleaned; what is no JSON is not let out at all. */
export function cleanLine(line: string): string {
  try {
    return `${JSON.stringify(cleanRecord(JSON.parse(line)))}\n`
  } catch {
    return `${JSON.stringify({ level: 50, msg: 'a line of the log could not be read' })}\n`
  }
}

function clean(value: unknown, name: string, depth: number): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value
  if (SECRET_NAME.test(name)) return REDACTED
  if (typeof value === 'number') return value
  if (typeof value === 'string') return cleanText(value, name)
  if (typeof value !== 'object' || depth >= MAX_DEPTH) return REDACTED
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((each: unknown) => clean(each, name, depth + 1))
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([key, each]) => [cleanName(key), clean(each, key, depth + 1)]),
  )
}

/** Names of fields are ours; one that is not may be anything. */
function cleanName(name: string): string {
  return /^[A-Za-z][A-Za-z0-9]{0,40}$/.test(name) ? name : REDACTED
}

function cleanText(text: string, name: string): string {
  if (ID_NAME.test(name)) return ID_FORM.test(text) ? text : REDACTED
  if (!MACHINE_WORDS.has(name)) return isInstant(text) ? text : REDACTED
  if (name === 'stack') return cleanStack(text)
  return cleanWords(lineOf(text), FOREIGN_WORDS.has(name))
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)
}

function cleanStack(stack: string): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const head = stack.split(/\n\s+at /)[0] ?? ''
  return [cleanWords(lineOf(head), true), ...frames.map((frame) => scrub(frame))].join('\n')
}

/** Of several lines the last that says something: a library's first ones repeat the call and its values. */
function lineOf(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
  return (lines.at(-1) ?? '').trim().slice(0, MAX_TEXT)
}

function cleanWords(text: string, isForeign: boolean): string {
  return scrub(isForeign ? text.replace(QUOTED, REDACTED) : text)
}

function scrub(text: string): string {
  return TRACES.reduce((kept, [pattern, instead]) => kept.replace(pattern, instead), text)
}
