import { Fault } from '@visavis/contract/errors'
import { ConfigFaults } from '@visavis/platform/config'

/** Runs a command of this package; a failure prints what to do (or, if it is a bug, where) and exits 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = 1
  }
}

function explain(error: unknown): string {
  if (error instanceof Fault || error instanceof ConfigFaults) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
