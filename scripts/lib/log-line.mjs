/** pino's numbers, for the levels that a reader should notice. */
const LEVEL_WORDS = new Map([
  [40, 'warning: '],
  [50, 'error: '],
  [60, 'fatal: '],
])

/** Said by the line's prefix and its place already. */
const HIDDEN = new Set(['level', 'time', 'process', 'pid', 'hostname', 'msg'])

/** @param {unknown} value @returns {string} */
const inWords = (value) => {
  if (typeof value === 'string') return value
  const { stack, message } = /** @type {{stack?: string, message?: string}} */ (value ?? {})
  return stack ?? message ?? JSON.stringify(value)
}

/** @param {string} line @returns {Record<string, unknown> | undefined} */
const parseRecord = (line) => {
  if (!line.startsWith('{')) return undefined
  try {
    const record = JSON.parse(line)
    return typeof record.msg === 'string' ? record : undefined
  } catch {
    return undefined
  }
}

/**
 * A process's log line for a person: `12:00:01 message  name=value`. What is no JSON stays as it is.
 * @param {string} line @returns {string}
 */
export const readableLine = (line) => {
  const record = parseRecord(line)
  if (!record) return line
  const time = new Date(/** @type {string | number} */ (record.time)).toTimeString().slice(0, 8)
  const details = Object.entries(record)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => `${name}=${inWords(value)}`)
  const level = LEVEL_WORDS.get(Number(record.level)) ?? ''
  return [`${time} ${level}${record.msg}`, ...details].join('  ')
}
