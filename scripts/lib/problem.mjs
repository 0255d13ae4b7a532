/** Something the person at the keyboard can mend: printed as two lines, without a stack. */
export class Problem extends Error {
  /**
   * @param {string} what one sentence that names the thing at fault
   * @param {string} [cure] what to do about it, with the exact command where there is one
   */
  constructor(what, cure = '') {
    super(what)
    this.cure = cure
  }
}

/** @param {unknown} error @returns {string} text for a terminal */
export const describeError = (error) => {
  if (error instanceof Problem)
    return `✗ ${error.message}${error.cure ? `\n  → ${error.cure}` : ''}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/**
 * Runs a command-line program's main function and turns its failure into exit code 1.
 * @param {() => Promise<number | void>} main resolves to the exit code, 0 when it gives none
 */
export const runMain = async (main) => {
  // A terminal that was closed takes no more text, and that must not interrupt an orderly end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    console.error(describeError(error))
    process.exitCode = 1
  }
}
