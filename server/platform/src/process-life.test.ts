import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** Longer than a busy machine needs for a process. */
const SLOW_MS = 60_000

const PROCESS_LIFE = fileURLToPath(new URL('process-life.ts', import.meta.url))

/** A process of ours that stays; `before` is done while its modules load. */
const program = (before: string): string => `
${before}
const { runProcess } = await import(${JSON.stringify(PROCESS_LIFE)})
setInterval(() => undefined, 1_000)
await runProcess('test', async () => ({ close: async () => undefined }))
process.send?.('up')
`

function supervised(before: string) {
  const args = ['--input-type=module', '-e', program(before)]
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
}

it('a process ends when its supervisor is gone', { timeout: SLOW_MS }, async () => {
  const child = supervised('')
  await once(child, 'message')
  child.disconnect()
  expect(await once(child, 'exit')).toEqual([0, null])
})

it('and when it is gone before the process has loaded', { timeout: SLOW_MS }, async () => {
  const child = supervised(
    `process.send('loading'); while (process.connected) await new Promise((next) => setTimeout(next, 10))`,
  )
  await once(child, 'message')
  child.disconnect()
  expect(await once(child, 'exit')).toEqual([0, null])
})
