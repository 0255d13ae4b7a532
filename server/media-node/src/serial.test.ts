import { describe, expect, it } from 'vitest'
import { KeyedQueue, SerialQueue } from './serial.ts'

type Ends = { resolve: (value: string) => void; reject: (error: Error) => void }

/** A task whose end the test decides. */
function aTask(name: string, log: string[]) {
  let ends: Ends | null = null
  const promise = new Promise<string>((resolve, reject) => {
    ends = { resolve, reject }
  })
  const task = async () => {
    log.push(`${name} begins`)
    return promise.finally(() => log.push(`${name} ends`))
  }
  return { task, end: (how: (ends: Ends) => void) => ends && how(ends) }
}

describe('a serial queue', () => {
  it('begins a task only when the one before has ended, also badly', async () => {
    const log: string[] = []
    const queue = new SerialQueue()
    const [first, second] = [aTask('first', log), aTask('second', log)]
    const results = [queue.run(first.task), queue.run(second.task)] as const
    second.end(({ resolve }) => resolve('done'))
    first.end(({ reject }) => reject(new TypeError('broken')))
    await expect(results[0]).rejects.toThrow('broken')
    expect(await results[1]).toBe('done')
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
  })
})

describe('a keyed queue', () => {
  it('makes tasks of one key wait for each other, and no others', async () => {
    const log: string[] = []
    const queue = new KeyedQueue()
    const [first, second, other] = [aTask('a1', log), aTask('a2', log), aTask('b1', log)]
    const results = [
      queue.run('a', first.task),
      queue.run('a', second.task),
      queue.run('b', other.task),
    ]
    other.end(({ resolve }) => resolve(''))
    await results[2]
    first.end(({ resolve }) => resolve(''))
    second.end(({ resolve }) => resolve(''))
    await Promise.all(results)
    expect(log).toEqual(['a1 begins', 'b1 begins', 'b1 ends', 'a1 ends', 'a2 begins', 'a2 ends'])
  })
})
