import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePorts } from '../../../support/ports.ts'

const MAIN = fileURLToPath(import.meta.resolve('@visavis/recordings/main'))

/** A real recorder process that can die and be started again on the same address and data. */
export type RecorderHost = {
  readonly url: string
  readonly start: () => void
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>
  /** From now on its disk is "full" for each larger file; null: it has room again. */
  readonly limitFiles: (bytes: number | null) => Promise<void>
}

export async function aRecorderHost(recordingsDir: string): Promise<RecorderHost> {
  const port = await freePorts(1)
  const launch = () =>
    spawn(process.execPath, [MAIN], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        CONTROL_SECRET: 'c'.repeat(32),
        GRANT_SECRET: 'g'.repeat(32),
        RECORDER_CONTROL_PORT: String(port),
        RECORDINGS_DIR: recordingsDir,
        LOG_LEVEL: 'error',
      },
    })
  let child: ReturnType<typeof launch> | null = null
  return {
    url: `http://127.0.0.1:${port}`,
    start() {
      child ??= launch()
    },
    async stop(signal = 'SIGTERM') {
      if (!child) return
      const ended = once(child, 'exit')
      child.kill(signal)
      child = null
      await ended
    },
    async limitFiles(bytes) {
      const limit = `--fsize=${bytes ?? 'unlimited'}:unlimited`
      await promisify(execFile)('prlimit', ['--pid', String(child?.pid), limit])
    },
  }
}
