import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { Fault } from '@visavis/contract/errors'

/** A process that the bench started; it ends by itself when the bench is gone. */
export type BenchChild = {
  readonly pid: number
  readonly send: (message: object) => void
  /** The next message it sends. Rejects when it ends first. */
  readonly answer: <Message>() => Promise<Message>
  readonly close: () => Promise<void>
}

/** Runs a TypeScript file as a process that shares this one's standard error. */
export function startChild(file: string, env: Readonly<Record<string, string>> = {}): BenchChild {
  const child = fork(file, { env: { ...process.env, ...env }, serialization: 'advanced' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    pid: child.pid ?? 0,
    send: (message) => void child.send(message),
    answer: () => nextMessage(child, file),
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function nextMessage<Message>(child: ChildProcess, file: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(new Fault(`${file} ended early`))
    child.once('exit', onEnd)
    child.once('message', (message) => {
      child.off('exit', onEnd)
      resolve(message as Message)
    })
  })
}
