import { flushCompileCache } from 'node:module'
import { ConfigFaults } from './config.ts'

/** What a running process offers its life: an orderly, idempotent end. */
export type Running = { readonly close: () => Promise<void> }

/** After this the end is no longer orderly, but it comes. */
const CLOSE_DEADLINE_MS = 7_000

/**
 * Runs a process of ours: starts it, closes it on SIGTERM, SIGINT or when the supervisor that started it
 * is gone, and exits 1 with the reason when it cannot start. A second signal ends at once.
 */
export async function runProcess(name: string, start: () => Promise<Running>): Promise<void> {
  let running: Running | null = null
  let isClosing = false
  const end = (): void => {
    if (isClosing) process.exit(130)
    isClosing = true
    setTimeout(() => process.exit(1), CLOSE_DEADLINE_MS).unref()
    void (running?.close() ?? Promise.resolve()).then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // The supervisor holds an IPC channel; its end means that nobody looks after this process any more.
  process.on('disconnect', end)
  // Gone while our modules were loading, which nobody is told of any more.
  if (process.send && !process.connected) process.exit(0)
  try {
    running = await start()
    // Else it is written at an orderly end only, and who is killed would be compiled again.
    flushCompileCache()
  } catch (error) {
    process.stderr.write(`${name} could not start. ${explain(error)}\n`)
    process.exit(1)
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigFaults) return error.message
  if (isTakenPort(error)) {
    return `Port ${error.port} is taken: stop the program that uses it, or set another port (see .env.example).`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function isTakenPort(error: unknown): error is Error & { port: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error
}
