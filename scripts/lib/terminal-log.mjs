import { readableLine } from './log-line.mjs'

/** The longest of the processes' names. */
const NAME_WIDTH = 'kiosk-client'.length

const DIM = '\x1b[2m'
const PLAIN = '\x1b[0m'

/** Processes' lines, each with the name of who wrote it. @param {NodeJS.WriteStream} [out] */
export const terminalLog = (out = process.stdout) => ({
  /** @param {string} text */
  say: (text) => void out.write(`${text}\n`),
  /** @param {string} name @param {string} line */
  line: (name, line) => {
    if (line.trim() === '') return
    const prefix = `${name.padEnd(NAME_WIDTH)} │ `
    const text = readableLine(line)
    out.write(out.isTTY ? `${DIM}${prefix}${PLAIN}${text}\n` : `${prefix}${text}\n`)
  },
})

/** @typedef {ReturnType<typeof terminalLog>} TerminalLog */
